package dev.parley.axonserver.query;

import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The subscription queries that are open, by identifier. Thread-safe.
final class Subscriptions {

    private final QueryHandlers handlers;
    private final Map<String, SubscriptionCall> open = new ConcurrentHashMap<>();

    Subscriptions(QueryHandlers handlers) {
        this.handlers = handlers;
    }

    QueryHandlers handlers() {
        return handlers;
    }

    /// @return false if there is one of this identifier already
    boolean add(String id, SubscriptionCall call) {
        return open.putIfAbsent(id, call) == null;
    }

    void remove(String id, SubscriptionCall call) {
        open.remove(id, call);
    }

    /// Results and updates from a handler; ignored when nobody waits for them any more.
    void answered(SubscriptionQueryResponse response) {
        SubscriptionCall call = open.get(response.getSubscriptionIdentifier());
        if (call != null) {
            call.answered(response);
        }
    }

    /// A new handler of a query also sends updates to those who asked before it came.
    void joined(String query, QueryStream handler) {
        for (SubscriptionCall call : open.values()) {
            if (call.isAbout(query)) {
                call.subscribeAt(handler);
            }
        }
    }

    void lost(QueryStream handler) {
        open.values().forEach(call -> call.lost(handler));
    }

    int count() {
        return open.size();
    }
}
