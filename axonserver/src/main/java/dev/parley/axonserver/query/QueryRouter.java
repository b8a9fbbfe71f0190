package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.RoutingProperties;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Brings queries to their handlers and results back. Every query ends: when it is answered, or with an error when
/// there is no handler, the handler is lost, or time is up. Thread-safe; nothing blocks.
public final class QueryRouter {

    private final QueryHandlers handlers = new QueryHandlers();
    private final Map<String, QueryInFlight> inFlight = new ConcurrentHashMap<>();
    private final Subscriptions subscriptions;
    private final RoutingProperties limits;
    private final Counter dispatched;

    public QueryRouter(RoutingProperties limits, Meters meters) {
        this.limits = limits;
        this.subscriptions = new Subscriptions(handlers);
        dispatched = meters.counter("queries", "Queries dispatched");
        meters.gauge("queries.inflight", "Queries not answered yet", inFlight, Map::size);
        meters.gauge("query.handlers", "Query handlers", handlers, QueryHandlers::count);
        meters.gauge("query.subscriptions", "Open subscription queries", subscriptions, Subscriptions::count);
    }

    /// How many clients handle each query.
    public Map<String, Integer> handlerCounts() {
        return handlers.counts();
    }

    RoutingProperties limits() {
        return limits;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    void subscribe(String query, String clientId, QueryStream stream) {
        handlers.subscribe(query, clientId, stream);
        subscriptions.joined(query, stream);
    }

    void unsubscribe(String query, QueryStream stream) {
        handlers.unsubscribe(query, stream);
    }

    void dispatch(QueryRequest request, ServerCallStreamObserver<QueryResponse> reply) {
        dispatched.increment();
        long timeout = Instructions.number(
                request.getProcessingInstructionsList(),
                ProcessingKey.TIMEOUT,
                limits.queryTimeout().toMillis());
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
        QueryInFlight query =
                new QueryInFlight(request, QueryKind.of(request, limits.streamedResults()), deadline, reply);
        if (inFlight.putIfAbsent(query.id(), query) != null) {
            query.fail(ErrorCode.QUERY_DISPATCH, "A query with this identifier is already under way");
            return;
        }
        reply.setOnReadyHandler(query::renewCredit);
        reply.setOnCancelHandler(() -> {
            inFlight.remove(query.id(), query);
            query.cancel();
        });
        route(query);
    }

    /// A result. Those that come after the query has ended are ignored.
    void answered(QueryStream handler, QueryResponse response) {
        QueryInFlight query = inFlight.get(response.getRequestIdentifier());
        if (query != null && query.answered(handler, response)) {
            inFlight.remove(query.id(), query);
        }
    }

    void completed(QueryStream handler, String queryId) {
        QueryInFlight query = inFlight.get(queryId);
        if (query != null && query.completed(handler)) {
            inFlight.remove(query.id(), query);
        }
    }

    /// No new query may come to a handler that leaves.
    void leaving(QueryStream handler) {
        handlers.remove(handler);
    }

    /// A handler's stream is gone.
    void lost(QueryStream handler) {
        inFlight.values().removeIf(query -> query.lost(handler));
        subscriptions.lost(handler);
    }

    /// Ends the queries whose time is up. To be called now and then.
    public void expire() {
        long now = System.nanoTime();
        for (QueryInFlight query : inFlight.values()) {
            if (query.isOverdue(now) && inFlight.remove(query.id(), query)) {
                if (!query.kind().scatter()) {
                    query.fail(ErrorCode.QUERY_DISPATCH, "The query was not answered in time");
                }
                query.cancel();
            }
        }
    }

    private void route(QueryInFlight query) {
        String name = query.request().getQuery();
        List<QueryStream> wanted = handlers.all(name);
        if (!query.kind().scatter()) {
            QueryStream one = handlers.one(name);
            wanted = one == null ? List.of() : List.of(one);
        }
        if (wanted.isEmpty()) {
            inFlight.remove(query.id(), query);
            query.fail(ErrorCode.NO_HANDLER_FOR_QUERY, "No handler for query " + name);
        } else if (!query.ask(wanted)) {
            inFlight.remove(query.id(), query);
            query.fail(
                    ErrorCode.QUERY_DISPATCH, "The handler of query " + name + " is leaving or has too many waiting");
        }
    }
}
