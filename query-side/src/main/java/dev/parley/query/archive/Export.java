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
import org.springframework.dao.DataAccessException;

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
    /// @param outage how long Elasticsearch or PostgreSQL may be away
    /// @param running false when the server stops
    record Bounds(long after, long newest, Duration time, Duration outage, BooleanSupplier running) {}

    /// @param end `complete` or `cut-off`
    /// @param position where to go on after; absent where nothing was there yet
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record End(
            String end,
            long messages,
            @Nullable Long position,
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

    /// Messages and what they are shown with.
    private record Page(List<MessageDocument> messages, Map<String, Conversation> titles, Map<String, Person> people) {

        boolean isLast() {
            return messages.size() < PAGE;
        }
    }

    /// @throws IOException if the reader is gone
    /// @throws RejectedException `unavailable` if the first page cannot be read: nothing is written then
    End run(Sink sink) throws IOException {
        long started = System.nanoTime();
        position = bounds.after();
        Page page = page();
        OutputStream out = new BufferedOutputStream(sink.open(), BUFFER);
        write(out, format.head());
        String reason = write(out, page, started);
        while (reason == null && !page.isLast()) {
            Page next = next();
            if (next == null) {
                reason = "Messages cannot be read";
            } else {
                page = next;
                reason = write(out, page, started);
            }
        }
        End end = reason == null
                ? new End("complete", messages, known(Math.max(bounds.after(), bounds.newest())), null)
                : new End("cut-off", messages, known(position), reason);
        write(out, format.end(end));
        out.flush();
        return end;
    }

    private static @Nullable Long known(long position) {
        return position < 0 ? null : position;
    }

    private @Nullable String reason(long started) {
        if (!bounds.running().getAsBoolean()) {
            return "The server is stopping";
        }
        return System.nanoTime() - started > bounds.time().toNanos() ? "It took too long" : null;
    }

    /// @return why it was cut off, null if it was not
    private @Nullable String write(OutputStream out, Page page, long started) throws IOException {
        for (MessageDocument message : page.messages()) {
            String reason = reason(started);
            if (reason != null) {
                return reason;
            }
            Conversation title = page.titles().get(message.conversation());
            Person sender = page.people().get(message.sender());
            write(out, format.line(Exported.of(message, title, sender)));
            position = message.position();
            messages++;
        }
        return null;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Page page() {
        List<MessageDocument> found = search.next(look, position, bounds.newest(), PAGE);
        return new Page(
                found,
                labels.conversations(
                        found.stream().map(MessageDocument::conversation).toList()),
                labels.people(found.stream().map(MessageDocument::sender).toList()));
    }

    /// The next page, tried again while Elasticsearch or PostgreSQL is away.
    ///
    /// @return null where it stays away
    private @Nullable Page next() {
        long since = System.nanoTime();
        for (Duration pause = FIRST_PAUSE; ; pause = pause.multipliedBy(2)) {
            try {
                return page();
            } catch (RejectedException | DataAccessException away) {
                if (away instanceof RejectedException refused
                                && refused.rejection().code() != RejectionCode.UNAVAILABLE
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
