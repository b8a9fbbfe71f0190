package dev.parley.axonserver.query;

import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The subscription queries that are open, by identifier and by what they are about. Thread-safe.
final class Subscriptions {

    private final QueryRouter router;
    private final Map<String, SubscriptionCall> open = new ConcurrentHashMap<>();
    private final Map<String, Set<SubscriptionCall>> byQuery = new ConcurrentHashMap<>();

    Subscriptions(QueryRouter router) {
        this.router = router;
    }

    /// Opens a subscription, at all handlers that there are.
    ///
    /// @return false if there is one of this identifier already
    boolean add(String id, String query, SubscriptionCall call) {
        if (open.putIfAbsent(id, call) != null) {
            return false;
        }
        byQuery.compute(query, (name, calls) -> {
            Set<SubscriptionCall> about = calls == null ? ConcurrentHashMap.newKeySet() : calls;
            about.add(call);
            return about;
        });
        router.handlers().all(query).forEach(call::subscribeAt);
        return true;
    }

    void remove(String id, String query, SubscriptionCall call) {
        open.remove(id, call);
        byQuery.computeIfPresent(query, (name, calls) -> {
            calls.remove(call);
            return calls.isEmpty() ? null : calls;
        });
    }

    /// Results and updates from a handler; ignored when nobody waits for them any more.
    void answered(QueryStream handler, SubscriptionQueryResponse response) {
        SubscriptionCall call = open.get(response.getSubscriptionIdentifier());
        if (call != null) {
            call.answered(handler, response);
        }
    }

    /// A new handler of a query also sends updates to those who asked before it came.
    void joined(String query, QueryStream handler) {
        byQuery.getOrDefault(query, Set.of()).forEach(call -> call.subscribeAt(handler));
    }

    /// Fails the initial results whose time is up.
    void expire(long now) {
        open.values().forEach(call -> call.expire(now));
    }

    int count() {
        return open.size();
    }
}
