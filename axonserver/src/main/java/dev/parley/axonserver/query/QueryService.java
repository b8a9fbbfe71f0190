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

/// The service `QueryService` of `query.proto`.
public final class QueryService extends QueryServiceGrpc.QueryServiceImplBase {

    private final QueryRouter router;

    public QueryService(QueryRouter router) {
        this.router = router;
    }

    @Override
    public StreamObserver<QueryProviderOutbound> openStream(StreamObserver<QueryProviderInbound> reply) {
        return router.handlers().opened(new QueryStream(router, Replies.tolerant(reply)));
    }

    @Override
    public void query(QueryRequest request, StreamObserver<QueryResponse> reply) {
        router.dispatch(request, Replies.tolerant(reply));
    }

    @Override
    public StreamObserver<SubscriptionQueryRequest> subscription(StreamObserver<SubscriptionQueryResponse> reply) {
        return new SubscriptionCall(router, Replies.tolerant(reply));
    }

    /// Ends the streams of a client that is taken for dead.
    public void drop(String clientId) {
        router.handlers().drop(clientId);
    }

    /// Ends all streams.
    public void close() {
        router.handlers().close();
    }
}
