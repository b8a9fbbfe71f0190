package dev.parley.query.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/// Collects what the handlers of one projection are given and hands all of it on at once, when the processor is about
/// to commit the batch. A processor has one of these.
///
/// Axon runs a batch of a streaming processor in one unit of work. It stores the token in the same phase, earlier but
/// in the same transaction: when `flush` throws, the unit of work rolls back, the token stays where it was, and the
/// batch comes again. So `flush` must bear repetition.
///
/// Where the processor has [Letters], facts that cannot be projected are put there and the others are projected
/// ([CarefulFlush]): then `flush` must also bear the batch in pieces, one after the other, in their order.
///
/// @param <T> what is collected
public final class Batch<T> {

    private static final String COLLECTED = Batch.class.getName();

    private final String key;
    private final Consumer<List<T>> flush;

    /// @param key tells batches apart in errors
    public Batch(String key, Consumer<List<T>> flush) {
        this.key = key;
        this.flush = flush;
    }

    /// What one unit of work has collected. A fact that cannot even be read is broken before any batch saw it.
    private static final class Collected {
        private @Nullable Batch<?> batch;
        private final List<Entry<?>> entries = new ArrayList<>();
    }

    /// Called by an event handler, with its unit of work current.
    public void add(T item) {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        Collected collected = collected(unitOfWork);
        if (collected.batch == null) {
            collected.batch = this;
        } else if (collected.batch != this) {
            throw new IllegalStateException(key + " and " + collected.batch.key + " are batches of one processor");
        }
        collected.entries.add(new Entry<>((EventMessage<?>) unitOfWork.getMessage(), item, null));
    }

    /// Puts the fact of now with the letters when it is its turn: its handler failed.
    ///
    /// @param unitOfWork one that has [Letters]
    static void addBroken(UnitOfWork<?> unitOfWork, Throwable cause) {
        collected(unitOfWork).entries.add(new Entry<>((EventMessage<?>) unitOfWork.getMessage(), null, cause));
    }

    private static Collected collected(UnitOfWork<?> unitOfWork) {
        return unitOfWork.getOrComputeResource(COLLECTED, unused -> {
            Collected collected = new Collected();
            unitOfWork.onPrepareCommit(committing -> flush(collected, unitOfWork.getResource(Letters.KEY)));
            return collected;
        });
    }

    private static void flush(Collected collected, @Nullable Letters letters) {
        Batch<?> batch = collected.batch == null ? new Batch<>("none", none -> {}) : collected.batch;
        batch.flush(collected.entries, letters);
    }

    /// All items are of this batch: [#add] lets no other in.
    @SuppressWarnings("unchecked")
    private void flush(List<Entry<?>> collected, @Nullable Letters letters) {
        List<Entry<T>> entries =
                collected.stream().map(entry -> (Entry<T>) entry).toList();
        if (letters == null) {
            flush.accept(Entry.items(entries));
        } else {
            new CarefulFlush<>(letters, flush).run(entries);
        }
    }
}
