package dev.parley.query.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// Collects what the handlers of one projection are given and hands all of it on at once, when the processor is about
/// to commit the batch.
///
/// Axon runs a batch of a streaming processor in one unit of work. It stores the token in the same phase, earlier but
/// in the same transaction: when `flush` throws, the unit of work rolls back, the token stays where it was, and the
/// batch comes again. So `flush` must bear repetition.
///
/// @param <T> what is collected
public final class Batch<T> {

    private final String key;
    private final Consumer<List<T>> flush;

    /// @param key unique among the batches of one processor
    public Batch(String key, Consumer<List<T>> flush) {
        this.key = key;
        this.flush = flush;
    }

    /// Called by an event handler, with its unit of work current.
    public void add(T item) {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        List<T> items = unitOfWork.getOrComputeResource(key, unused -> {
            List<T> collected = new ArrayList<>();
            unitOfWork.onPrepareCommit(committing -> flush.accept(collected));
            return collected;
        });
        items.add(item);
    }
}
