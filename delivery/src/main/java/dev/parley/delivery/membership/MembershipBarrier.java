package dev.parley.delivery.membership;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import java.time.Duration;

/// Lets a read wait until the members are those of a position or a later one. It asks the projection's token,
/// at first after 5 ms, then less and less often, up to every 100 ms. It blocks the calling thread, a virtual
/// one. Thread-safe.
public final class MembershipBarrier {

    private static final Duration FIRST_POLL = Duration.ofMillis(5);
    private static final Duration LAST_POLL = Duration.ofMillis(100);

    private final MembershipStore store;
    private final Duration patience;

    public MembershipBarrier(MembershipStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /// @throws RejectedException `unavailable` when the patience is over
    public void await(long position) {
        long start = System.nanoTime();
        Duration pause = FIRST_POLL;
        while (store.position() < position) {
            if (System.nanoTime() - start + pause.toNanos() > patience.toNanos()) {
                throw new RejectedException(
                        RejectionCode.UNAVAILABLE, "What was written is not visible here yet, try again");
            }
            sleep(pause);
            Duration next = pause.multipliedBy(2);
            pause = next.compareTo(LAST_POLL) > 0 ? LAST_POLL : next;
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping, try again");
        }
    }
}
