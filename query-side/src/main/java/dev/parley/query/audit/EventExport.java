package dev.parley.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.RejectedException;
import dev.parley.query.stored.StoredFacts;
import io.micrometer.core.instrument.Counter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One export: a line for each fact ([EventLine]), and others that have no `position` first:
///
/// ```json
/// {"progress":123}
/// {"end":"complete","position":456}
/// {"end":"cut-off","position":456,"reason":"The server is stopping"}
/// ```
///
/// `progress` says up to where all facts were looked at, each time that nothing else was written for 3 s. `end` is
/// the last line: an export without it was cut off on the way. To go on, ask for what is after the position.
final class EventExport {

    private static final Duration PROGRESS = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int BUFFER = 32 * 1024;

    private final StoredFacts.Log log;
    private final EventLines lines;
    private final Counter written;
    private final JsonMapper json = new JsonMapper();
    private long passed;
    private long lastWrite;

    EventExport(StoredFacts.Log log, EventLines lines, Counter written) {
        this.log = log;
        this.lines = lines;
        this.written = written;
    }

    /// @param after the position to start after
    /// @param last the position to end with
    /// @param time how long it may take; null for as long as its reader takes
    record Range(long after, long last, @Nullable Duration time) {}

    record Progress(long progress) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record End(String end, long position, @Nullable String reason) {}

    /// @param running whether the server is not stopping
    /// @param silence how long the event store may say nothing while there is more to come
    /// @throws IOException if the reader is gone
    End run(
            Range range,
            Predicate<TrackedEventMessage<?>> wanted,
            BooleanSupplier running,
            Duration silence,
            OutputStream sink)
            throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(sink, BUFFER);
        passed = range.after();
        lastWrite = System.nanoTime();
        String reason = copy(range, wanted, running, silence, out);
        End end = reason == null
                ? new End("complete", Math.max(passed, range.last()), null)
                : new End("cut-off", passed, reason);
        line(out, json.writeValueAsString(end));
        out.flush();
        return end;
    }

    /// @return why it was cut off, null if it was not
    private @Nullable String copy(
            Range range,
            Predicate<TrackedEventMessage<?>> wanted,
            BooleanSupplier running,
            Duration silence,
            OutputStream out)
            throws IOException {
        long started = System.nanoTime();
        long heard = started;
        try {
            while (passed < range.last()) {
                if (!running.getAsBoolean()) {
                    return "The server is stopping";
                }
                if (range.time() != null
                        && System.nanoTime() - started > range.time().toNanos()) {
                    return "It was followed for long enough";
                }
                TrackedEventMessage<?> message = next(out);
                if (message == null) {
                    if (range.time() == null && System.nanoTime() - heard > silence.toNanos()) {
                        return "The event store is silent";
                    }
                } else {
                    heard = System.nanoTime();
                    take(message, range, wanted, out);
                }
                if (System.nanoTime() - lastWrite > PROGRESS.toNanos()) {
                    line(out, json.writeValueAsString(new Progress(passed)));
                    out.flush();
                }
            }
        } catch (AxonServerException | RejectedException gone) {
            return "The event store is gone";
        }
        return null;
    }

    /// What was written goes out before it waits for more.
    private @Nullable TrackedEventMessage<?> next(OutputStream out) throws IOException {
        TrackedEventMessage<?> message = log.next(Duration.ZERO);
        if (message == null) {
            out.flush();
            message = log.next(POLL);
        }
        return message;
    }

    private void take(
            TrackedEventMessage<?> message, Range range, Predicate<TrackedEventMessage<?>> wanted, OutputStream out)
            throws IOException {
        long position = EventLog.position(message);
        if (position <= range.last() && wanted.test(message)) {
            line(out, lines.of(message, position).text());
            written.increment();
        }
        passed = Math.min(position, range.last());
    }

    private void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        lastWrite = System.nanoTime();
    }
}
