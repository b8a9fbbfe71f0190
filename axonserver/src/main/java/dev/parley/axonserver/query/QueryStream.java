package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.HandlerStream;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The stream of one client that handles queries.
final class QueryStream extends HandlerStream<QueryProviderOutbound, QueryProviderInbound> {

    private final QueryRouter router;
    private final Set<SubscriptionCall> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile String component = "";

    QueryStream(QueryRouter router, ServerCallStreamObserver<QueryProviderInbound> out) {
        super(out, router.handlers());
        this.router = router;
    }

    /// The subscription queries that it sends updates to.
    Set<SubscriptionCall> subscriptions() {
        return subscriptions;
    }

    /// The application it belongs to, as the client says; its own id if it says nothing.
    String component() {
        return component.isEmpty() ? clientId() : component;
    }

    @Override
    protected @Nullable ErrorMessage take(QueryProviderOutbound message) {
        switch (message.getRequestCase()) {
            case QUERY_RESPONSE -> router.answered(this, message.getQueryResponse());
            case QUERY_COMPLETE ->
                router.completed(this, message.getQueryComplete().getRequestId());
            case SUBSCRIPTION_QUERY_RESPONSE ->
                router.subscriptions().answered(this, message.getSubscriptionQueryResponse());
            case FLOW_CONTROL -> grant(message.getFlowControl());
            case SUBSCRIBE -> {
                return subscribe(message.getSubscribe());
            }
            case UNSUBSCRIBE -> {
                String name = message.getUnsubscribe().getQuery();
                unsubscribe(name, work -> work.message().getQuery().getQuery().equals(name));
            }
            case ACK -> {}
            case REQUEST_NOT_SET -> {
                return ErrorCode.UNSUPPORTED_INSTRUCTION.message("This node does not know the instruction");
            }
        }
        return null;
    }

    @Override
    protected String instructionOf(QueryProviderOutbound message) {
        return message.getInstructionId();
    }

    @Override
    protected QueryProviderInbound acknowledgement(InstructionAck ack) {
        return QueryProviderInbound.newBuilder().setAck(ack).build();
    }

    @Override
    protected void ended() {
        subscriptions.forEach(call -> call.leftBy(this));
    }

    private @Nullable ErrorMessage subscribe(QuerySubscription offered) {
        identify(offered.getClientId());
        component = offered.getComponentName();
        String refusal = router.handlers().subscribe(this, offered.getQuery(), 0);
        if (refusal != null) {
            return ErrorCode.INSTRUCTION_REFUSED.message(refusal);
        }
        router.subscriptions().joined(offered.getQuery(), this);
        return null;
    }
}
