package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.storage.EventStorage;
import io.axoniq.axonserver.grpc.event.QueryEventsRequest;
import io.axoniq.axonserver.grpc.event.QueryEventsResponse;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Runs the ad hoc queries of one context. Thread-safe.
///
/// Each has a platform thread of its own, unlike the streams of events, which share the carriers of virtual threads:
/// a query computes for as long as its author likes, and only the operating system takes a processor away from it.
public final class EventQueries implements AutoCloseable {

    private static final int STREAM_BUFFER_BYTES = 256 * 1024;
    private static final String CLOSING = "The node is shutting down";

    private final EventStorage storage;
    private final EventQueryProperties properties;
    private final String context;
    private final Semaphore places;
    private final Set<QueryRun> runs = ConcurrentHashMap.newKeySet();
    private final Thread.Builder threads =
            Thread.ofPlatform().name("axonserver-query-", 0).daemon();
    private volatile boolean closing;

    public EventQueries(EventStorage storage, EventQueryProperties properties, Meters meters) {
        this.storage = storage;
        this.properties = properties;
        this.context = meters.context();
        this.places = new Semaphore(properties.concurrent());
        meters.gauge("event.queries", "Open ad hoc event queries", runs, Set::size);
    }

    /// Takes a call of `EventStore.QueryEvents`, while it starts.
    public StreamObserver<QueryEventsRequest> open(StreamObserver<QueryEventsResponse> reply) {
        var call = Replies.tolerant(reply);
        call.setOnReadyThreshold(STREAM_BUFFER_BYTES);
        Budget budget = new Budget(properties.eventTimeout());
        return new QueryCall(this, new Outlet(call, budget), budget);
    }

    /// Ends the queries that have read the past for too long.
    public void expire() {
        runs.forEach(QueryRun::expire);
    }

    /// Ends all queries; clients are told to come back.
    @Override
    public void close() {
        closing = true;
        runs.forEach(run -> run.outlet().end(ErrorCode.STORE_UNAVAILABLE.failure(CLOSING)));
    }

    /// Starts a query, or refuses it.
    void start(QueryEventsRequest request, Outlet outlet, Budget budget) {
        String other = request.getContextName();
        if (!other.isEmpty() && !other.equals(context)) {
            outlet.close(ErrorCode.CONTEXT_NOT_FOUND.failure("A query is for the context of its connection, \""
                    + context + "\"; connect to \"" + other + "\" to query that"));
        } else if (request.getQuery().length() > properties.queryLength()) {
            outlet.close(
                    ErrorCode.INVALID_QUERY.failure("A query has at most " + properties.queryLength() + " characters"));
        } else if (!places.tryAcquire()) {
            outlet.close(ErrorCode.TOO_MANY_REQUESTS.failure(
                    "There are " + properties.concurrent() + " queries open already; end one, or try again later"));
        } else {
            run(new QueryRun(storage, properties, request, outlet, budget));
        }
    }

    private void run(QueryRun run) {
        runs.add(run);
        if (closing) {
            run.outlet().end(ErrorCode.STORE_UNAVAILABLE.failure(CLOSING));
        }
        threads.start(() -> {
            try {
                run.run();
            } finally {
                runs.remove(run);
                places.release();
            }
        });
    }
}
