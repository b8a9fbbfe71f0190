package dev.parley.query.batch;

import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/// A fact in a batch.
///
/// @param item what a handler made of it; null for one whose handler failed
/// @param broken why its handler failed; null for one that it did not
record Entry<T>(
        EventMessage<?> fact, @Nullable T item, @Nullable Throwable broken) {

    static <T> List<T> items(List<Entry<T>> entries) {
        return entries.stream().map(Entry::item).map(Objects::requireNonNull).toList();
    }
}
