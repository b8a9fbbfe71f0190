package dev.parley.query.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.archive.Labels.Conversation;
import dev.parley.query.archive.Labels.Person;
import dev.parley.query.history.MessageDocument;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Writes all messages that a look finds, as they were stored one after the other. It holds one page of
/// them, and nothing in Elasticsearch between two pages: a slow reader costs nothing, a new generation
/// of the index can take over meanwhile, and what is deleted meanwhile is not written. Of the messages
/// that were there when it began each is written once; of later ones, none.
final class Export {

    /// Messages of at most 16 KiB.
    private static final int PAGE = 500;
    private static final int BUFFER = 32 * 1024;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

    private final ArchiveSearch search;
    private final Labels labels;
    private final Look look;
    private final ExportFormat format;
    private final Bounds bounds;
    private long position;
    private long messages;

    Export(ArchiveSearch search, Labels labels, Look look, ExportFormat format, Bounds bounds) {
        this.search = search;
        this.labels = labels;
        this.look = look;
        this.format = format;
        this.bounds = bounds;
    }

    /// @param after the position to start after, -1 for the first message
    /// @param newest the position to end with
    /// @param time how long it may take
    /// @param outage how long Elasticsearch may be away
    /// @param running false when the server stops
    record Bounds(long after, long newest, Duration time, Duration outage, BooleanSupplier running) {}

    /// @param end `complete` or `cut-off`
    /// @param position where to go on after
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record End(
            String end,
            long messages,
            long position,
            @Nullable String reason) {

        boolean isComplete() {
            return reason == null;
        }
    }

    /// Where it is written to, taken when there is a first page: until then a request can be refused.
    /// It is not closed: what is cut off must not look as if it had come to its end.
    interface Sink {
        OutputStream open() throws IOException;
    }

    /// @throws IOException if the reader is gone
    /// @throws RejectedException `unavailable` if the first page cannot be read: nothing is written then
    End run(Sink sink) throws IOException {
        long started = System.nanoTime();
        position = bounds.after();
        List<MessageDocument> page = search.next(look, position, bounds.newest(), PAGE);
        OutputStream out = new BufferedOutputStream(sink.open(), BUFFER);
        write(out, format.head());
        String reason = null;
        while (reason == null && !page.isEmpty()) {
            write(out, page);
            if (page.size() < PAGE) {
                break;
            }
            reason = reason(started);
            List<MessageDocument> next = reason == null ? next() : List.of();
            reason = next == null ? "Messages cannot be read" : reason;
            page = next == null ? List.of() : next;
        }
        End end = reason == null
                ? new End("complete", messages, bounds.newest(), null)
                : new End("cut-off", messages, position, reason);
        write(out, format.end(end));
        out.flush();
        return end;
    }

    private @Nullable String reason(long started) {
        if (!bounds.running().getAsBoolean()) {
            return "The server is stopping";
        }
        return System.nanoTime() - started > bounds.time().toNanos() ? "It took too long" : null;
    }

    private void write(OutputStream out, List<MessageDocument> page) throws IOException {
        Map<String, Conversation> titles = labels.conversations(
                page.stream().map(MessageDocument::conversation).toList());
        Map<String, Person> people =
                labels.people(page.stream().map(MessageDocument::sender).toList());
        for (MessageDocument message : page) {
            write(
                    out,
                    format.line(
                            Exported.of(message, titles.get(message.conversation()), people.get(message.sender()))));
            position = message.position();
            messages++;
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The next page, tried again while Elasticsearch is away.
    ///
    /// @return null where it stays away
    private @Nullable List<MessageDocument> next() {
        long since = System.nanoTime();
        for (Duration pause = FIRST_PAUSE; ; pause = pause.multipliedBy(2)) {
            try {
                return search.next(look, position, bounds.newest(), PAGE);
            } catch (RejectedException away) {
                if (away.rejection().code() != RejectionCode.UNAVAILABLE
                        || System.nanoTime() - since > bounds.outage().toNanos()
                        || !bounds.running().getAsBoolean()
                        || !paused(pause.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause)) {
                    return null;
                }
            }
        }
    }

    private static boolean paused(Duration most) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most.toMillis() / 2, most.toMillis()));
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
