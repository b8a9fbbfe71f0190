package dev.parley.query.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Projects a batch but for the facts that cannot be projected, which become dead letters with what follows them in
/// their sequences. Commonly that is one question whether any sequence has letters, and the batch in one piece. If it
/// fails for a reason that [lies in the facts](Faults), its first half is tried and then its second, and so on, until
/// the facts that fail by themselves are found: with one of them in a batch of 500, that is 18 more pieces. Any other
/// failure is thrown, so that all of the batch comes again.
///
/// Pieces come in the order of the store, so the projection sees no other facts than with smaller batches and without
/// those that are put aside.
final class CarefulFlush<T> {

    private final Letters letters;
    private final Consumer<List<T>> flush;
    private final Set<String> waiting = new HashSet<>();

    CarefulFlush(Letters letters, Consumer<List<T>> flush) {
        this.letters = letters;
        this.flush = flush;
    }

    void run(List<Entry<T>> batch) {
        waiting.addAll(letters.waiting(batch.stream().map(this::sequence).collect(Collectors.toSet())));
        project(batch);
    }

    private void project(List<Entry<T>> piece) {
        List<Entry<T>> rest = piece;
        if (!waiting.isEmpty()) {
            rest = piece.stream().filter(entry -> !waits(entry)).toList();
            piece.stream().filter(this::waits).forEach(entry -> letters.addBehind(entry.fact()));
        }
        if (rest.isEmpty()) {
            return;
        }
        Throwable failure = failure(rest);
        if (failure == null) {
            return;
        }
        if (rest.size() == 1) {
            Entry<T> entry = rest.getFirst();
            letters.addFailed(entry.fact(), failure);
            waiting.add(sequence(entry));
            return;
        }
        int middle = rest.size() / 2;
        project(rest.subList(0, middle));
        project(rest.subList(middle, rest.size()));
    }

    /// @return null if all of it was projected
    private @Nullable Throwable failure(List<Entry<T>> piece) {
        for (Entry<T> entry : piece) {
            if (entry.broken() != null) {
                return entry.broken();
            }
        }
        try {
            letters.undoably(() -> flush.accept(Entry.items(piece)));
            return null;
        } catch (RuntimeException failure) {
            if (!Faults.areOfTheFacts(failure)) {
                throw failure;
            }
            return failure;
        }
    }

    private boolean waits(Entry<T> entry) {
        return waiting.contains(sequence(entry));
    }

    private String sequence(Entry<T> entry) {
        return letters.sequence(entry.fact());
    }
}
