package dev.parley.app.archive;

import dev.parley.messages.ConversationId;
import java.time.Duration;

/// Waits until the readers of the event store have come to an imported archive's end.
final class CountCheck {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private final ImportClient client;
    private final Screen screen;
    private final Duration limit;

    /// @param limit of the waiting
    CountCheck(ImportClient client, Screen screen, Duration limit) {
        this.client = client;
        this.screen = screen;
        this.limit = limit;
    }

    /// Each question makes the server read the whole conversation, so the pauses between are twice as long as that
    /// took.
    ///
    /// @return the last counts, whether they came to `messages` or the time was up
    Counts await(ConversationId conversation, long messages) throws InterruptedException {
        long began = screen.nanos();
        Counts counts = client.counts(conversation);
        ProgressBar bar = new ProgressBar(screen, "indexed", counts.indexed(), messages);
        long asked = screen.nanos() - began;
        while (!counts.reached(messages) && screen.nanos() - began < limit.toNanos()) {
            bar.at(counts.indexed());
            Thread.sleep(Duration.ofNanos(Math.max(SHORTEST_PAUSE.toNanos(), 2 * asked)));
            long asking = screen.nanos();
            counts = client.counts(conversation);
            asked = screen.nanos() - asking;
        }
        bar.finish(counts.indexed());
        return counts;
    }
}
