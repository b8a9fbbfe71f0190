package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Answers transactions, on a thread of its own, so that the writer can go on meanwhile. Answers are given in the order
/// in which they are asked for, and the first one of a transaction counts. Thread-safe.
final class Answers implements AutoCloseable {

    static final String NOT_STORED = "The event store lost its database; nothing of this transaction was stored";
    static final String UNKNOWN =
            "The event store did not answer in time; whether this transaction was stored is not known";

    private final StorageMeters meters;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("axonserver-ack").daemon().factory());

    Answers(StorageMeters meters) {
        this.meters = meters;
    }

    /// The group is committed and visible.
    void stored(AppendGroup group) {
        thread.execute(() -> {
            meters.stored(group);
            for (PendingAppend append : group.appends()) {
                if (append.result().complete(null)) {
                    meters.acknowledged(System.nanoTime() - append.received());
                }
            }
            refuse(group.conflicts());
        });
    }

    void refused(List<AppendGroup.Conflict> conflicts) {
        if (!conflicts.isEmpty()) {
            thread.execute(() -> refuse(conflicts));
        }
    }

    void refused(List<PendingAppend> appends, RuntimeException why) {
        thread.execute(() -> appends.forEach(append -> append.fail(why)));
    }

    /// @param why what is known of the outcome
    void unavailable(List<PendingAppend> appends, String why) {
        if (!appends.isEmpty()) {
            thread.execute(() -> appends.forEach(append -> unavailable(append, why)));
        }
    }

    /// Answers on the caller's thread.
    static void unavailable(PendingAppend append, String why) {
        append.fail(ErrorCode.STORE_UNAVAILABLE.failure(why));
    }

    /// Gives the answers that were asked for.
    @Override
    public void close() {
        thread.close();
    }

    private static void refuse(List<AppendGroup.Conflict> conflicts) {
        conflicts.forEach(conflict -> conflict.append().fail(conflict.why()));
    }
}
