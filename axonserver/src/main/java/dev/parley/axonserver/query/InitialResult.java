package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.Work;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;

/// A handler's task to give the initial result of a subscription query.
///
/// Asking for it on the stream of the subscription is deprecated in the protocol, but it is what Axon Framework 4
/// does.
final class InitialResult extends Work<QueryProviderInbound> {

    private final SubscriptionCall call;
    private final QueryStream handler;

    @SuppressWarnings("deprecation")
    InitialResult(SubscriptionCall call, SubscriptionQuery asked, QueryStream handler, long priority) {
        super(
                QueryProviderInbound.newBuilder()
                        .setSubscriptionQueryRequest(
                                SubscriptionQueryRequest.newBuilder().setGetInitialResult(asked))
                        .build(),
                null,
                priority);
        this.call = call;
        this.handler = handler;
    }

    QueryStream handler() {
        return handler;
    }

    @Override
    protected void returned() {
        call.initialReturned(this);
    }

    @Override
    protected void lost() {
        call.initialLost(this);
    }
}
