package dev.parley.command.aggregate;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/// Axon's cache of aggregates on Caffeine: so many of them, held strongly, the least useful thrown out. Thread-safe.
///
/// An entry holds the living aggregate, which commands change before their events are stored. That is safe because a
/// command holds the aggregate's lock until its unit of work is cleaned up, and a rollback, also that of a commit which
/// the store refused, removes the entry before that (`CachingEventSourcingRepository`).
public final class AggregateCache implements Cache {

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

    /// @param limit in aggregates
    public AggregateCache(int limit) {
        entries = Caffeine.newBuilder().maximumSize(limit).recordStats().build();
    }

    /// For meters.
    com.github.benmanes.caffeine.cache.Cache<Object, Object> entries() {
        return entries;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <K, V> @Nullable V get(K key) {
        return (V) entries.getIfPresent(key);
    }

    /// Keeps nothing under null: what Axon puts for an aggregate whose creation was refused, which has no id.
    @Override
    public void put(@Nullable Object key, Object value) {
        if (key != null) {
            entries.put(key, value);
        }
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(@Nullable Object key) {
        return key != null && entries.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        entries.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    /// Not supported: aggregates need no listeners.
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("This cache tells nobody of its changes");
    }
}
