package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.Replies;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryServiceGrpc;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The service `QueryService` of `query.proto`.
public final class QueryService extends QueryServiceGrpc.QueryServiceImplBase {

    private final QueryRouter router;
    private final Set<QueryStream> streams = ConcurrentHashMap.newKeySet();

    public QueryService(QueryRouter router) {
        this.router = router;
    }

    @Override
    public StreamObserver<QueryProviderOutbound> openStream(StreamObserver<QueryProviderInbound> reply) {
        QueryStream stream = new QueryStream(router, Replies.tolerant(reply), streams::remove);
        streams.add(stream);
        return stream;
    }

    @Override
    public void query(QueryRequest request, StreamObserver<QueryResponse> reply) {
        router.dispatch(request, Replies.tolerant(reply));
    }

    @Override
    public StreamObserver<SubscriptionQueryRequest> subscription(StreamObserver<SubscriptionQueryResponse> reply) {
        return new SubscriptionCall(router.subscriptions(), router.limits().queuedUpdates(), Replies.tolerant(reply));
    }

    /// Ends the streams of a client that is taken for dead.
    public void drop(String clientId) {
        streams.stream()
                .filter(stream -> stream.clientId().equals(clientId))
                .forEach(stream -> stream.end("The client did not answer heartbeats"));
    }

    /// Ends all streams.
    public void close() {
        streams.forEach(stream -> stream.end("The node is shutting down"));
    }
}
