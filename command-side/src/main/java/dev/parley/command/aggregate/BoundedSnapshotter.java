package dev.parley.command.aggregate;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.RejectedExecutionException;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// Lets go of snapshots for which there is no time, so that no command ever waits for one. The aggregate's trigger asks
/// again after as many events; until then somebody who loads it has more of them to read. Thread-safe.
final class BoundedSnapshotter implements Snapshotter {

    private final Snapshotter snapshotter;
    private final Counter skipped;

    /// @param snapshotter throws [RejectedExecutionException] when it has no time
    BoundedSnapshotter(Snapshotter snapshotter, Counter skipped) {
        this.snapshotter = snapshotter;
        this.skipped = skipped;
    }

    @Override
    public void scheduleSnapshot(Class<?> aggregateType, String aggregateIdentifier) {
        if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase().isBefore(UnitOfWork.Phase.COMMIT)) {
            CurrentUnitOfWork.get().afterCommit(unitOfWork -> schedule(aggregateType, aggregateIdentifier));
        } else {
            schedule(aggregateType, aggregateIdentifier);
        }
    }

    private void schedule(Class<?> aggregateType, String aggregateIdentifier) {
        try {
            snapshotter.scheduleSnapshot(aggregateType, aggregateIdentifier);
        } catch (RejectedExecutionException busy) {
            skipped.increment();
        }
    }
}
