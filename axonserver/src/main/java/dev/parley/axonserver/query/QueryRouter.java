package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Handlers;
import dev.parley.axonserver.protocol.Handlers.Member;
import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.Offer;
import dev.parley.axonserver.protocol.RoutingProperties;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Brings queries to their handlers and results back. Every query ends: when it is answered, or with an error when
/// there is no handler, the handler is lost, or time is up. Thread-safe; nothing blocks.
///
/// A query that waits for the permits of its handler goes out by its priority. One for a single handler moves on to
/// another if that one leaves before it was sent.
public final class QueryRouter {

    private final Handlers<QueryStream> handlers;
    private final Map<String, QueryInFlight> inFlight = new ConcurrentHashMap<>();
    private final Subscriptions subscriptions;
    private final RoutingProperties limits;
    private final AtomicInteger turn = new AtomicInteger();
    private final Counter dispatched;
    private final Timer latency;

    public QueryRouter(RoutingProperties limits, Meters meters) {
        this.limits = limits;
        handlers = new Handlers<>(limits);
        subscriptions = new Subscriptions(this);
        dispatched = meters.counter("queries", "Queries dispatched");
        latency = meters.timer("query.latency", "From the dispatch of a query to its last result or its failure");
        meters.gauge("queries.inflight", "Queries not answered yet", inFlight, Map::size);
        meters.gauge("query.handlers", "Query handlers", handlers, Handlers::count);
        meters.gauge("query.subscriptions", "Open subscription queries", subscriptions, Subscriptions::count);
    }

    /// How many clients handle each query.
    public Map<String, Integer> handlerCounts() {
        return handlers.counts();
    }

    RoutingProperties limits() {
        return limits;
    }

    Handlers<QueryStream> handlers() {
        return handlers;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    void dispatch(QueryRequest request, ServerCallStreamObserver<QueryResponse> reply) {
        dispatched.increment();
        QueryKind kind = QueryKind.of(request, limits.streamedResults());
        long timeout = Instructions.timeout(request.getProcessingInstructionsList(), limits.queryTimeout());
        QueryInFlight query = new QueryInFlight(this, request, kind, timeout, reply);
        if (inFlight.putIfAbsent(query.id(), query) != null) {
            query.fail(ErrorCode.QUERY_DISPATCH, "A query with this identifier is already under way");
            return;
        }
        reply.setOnReadyHandler(query::renewCredit);
        reply.setOnCancelHandler(query::cancel);
        route(query);
    }

    /// A result. Those that come after the query has ended are ignored.
    void answered(QueryStream handler, QueryResponse response) {
        QueryInFlight query = inFlight.get(response.getRequestIdentifier());
        if (query != null) {
            query.answered(handler, response);
        }
    }

    void completed(QueryStream handler, String queryId) {
        QueryInFlight query = inFlight.get(queryId);
        if (query != null) {
            query.completed(handler);
        }
    }

    /// A query is over, in whatever way.
    void ended(QueryInFlight query) {
        if (inFlight.remove(query.id(), query)) {
            latency.record(System.nanoTime() - query.start(), TimeUnit.NANOSECONDS);
        }
    }

    /// Ends the queries whose time is up. To be called now and then.
    public void expire() {
        long now = System.nanoTime();
        for (QueryInFlight query : inFlight.values()) {
            if (!query.isOverdue(now)) {
                continue;
            }
            if (query.kind().scatter()) {
                query.cancel();
            } else {
                query.fail(ErrorCode.QUERY_DISPATCH, "The query was not answered in time");
            }
        }
        subscriptions.expire(now);
        handlers.dropUnread();
    }

    /// One of the handlers, each in its turn; none if there are none.
    List<QueryStream> one(String name) {
        List<Member<QueryStream>> members = handlers.serving(name);
        return members.isEmpty()
                ? List.of()
                : List.of(members.get(Math.floorMod(turn.getAndIncrement(), members.size())).stream());
    }

    /// Finds handlers, for a query that none has.
    void route(QueryInFlight query) {
        String name = query.request().getQuery();
        List<QueryStream> wanted = wanted(query);
        Offer offer = Offer.CLOSED;
        while (!wanted.isEmpty() && offer == Offer.CLOSED) {
            offer = query.ask(wanted);
            if (offer == Offer.CLOSED) {
                wanted.forEach(handlers::remove);
                wanted = wanted(query);
            }
        }
        switch (offer) {
            case TAKEN -> {}
            case FULL -> query.fail(ErrorCode.QUERY_DISPATCH, "Too many queries wait for the handler of " + name);
            case CLOSED -> query.fail(ErrorCode.NO_HANDLER_FOR_QUERY, "No handler for query: " + name);
        }
    }

    private List<QueryStream> wanted(QueryInFlight query) {
        String name = query.request().getQuery();
        return query.kind().scatter() ? oneOfEachComponent(name) : one(name);
    }

    /// Instances of one component would all answer the same.
    private List<QueryStream> oneOfEachComponent(String name) {
        Map<String, List<QueryStream>> components = new LinkedHashMap<>();
        for (Member<QueryStream> member : handlers.serving(name)) {
            components
                    .computeIfAbsent(member.stream().component(), component -> new ArrayList<>())
                    .add(member.stream());
        }
        int next = turn.getAndIncrement();
        return components.values().stream()
                .map(instances -> instances.get(Math.floorMod(next, instances.size())))
                .toList();
    }
}
