package dev.parley.tail;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets a read wait until this process has seen every event that was stored before the read began: it asks the store
/// for its head and waits until the tail's followers are there. So whatever the followers keep is as new as any answer
/// that any node gave before. Thread-safe; it blocks the calling thread, a virtual one.
///
/// A question to the store may take half of the patience, so that one that hangs does not cost the next its time.
public final class ReadBarrier {

    /// The attribute of a request that has waited already, before anything else was done for it: the head it waited
    /// for.
    public static final String SEEN = "dev.parley.tail.seen";

    private final SharedHead head;
    private final LiveTail tail;
    private final Duration patience;
    private final Timer waits;

    ReadBarrier(StoreReader store, LiveTail tail, Duration patience, MeterRegistry meters) {
        this.head = new SharedHead(store::head, patience.dividedBy(2));
        this.tail = tail;
        this.patience = patience;
        this.waits = Timer.builder("parley.tail.barrier")
                .description("How long reads waited to be as new as the store")
                .register(meters);
    }

    /// @return the store's head at some time during the call; -1 for an empty store
    /// @throws RejectedException `unavailable` if the store or the tail is not there in time
    public long await() {
        long start = System.nanoTime();
        try {
            long seen = head.ask().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            long left = patience.toNanos() - (System.nanoTime() - start);
            if (!tail.await(seen, Duration.ofNanos(left))) {
                throw unavailable("This node is behind the event store, try again");
            }
            return seen;
        } catch (ExecutionException | TimeoutException unknown) {
            throw unavailable("The event store does not answer, try again");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable("The server is stopping, try again");
        } finally {
            waits.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private static RejectedException unavailable(String detail) {
        return new RejectedException(RejectionCode.UNAVAILABLE, detail);
    }
}
