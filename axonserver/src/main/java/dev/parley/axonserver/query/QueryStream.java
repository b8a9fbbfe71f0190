package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.PermittedSender;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/// The stream of one client that handles queries: subscriptions, permits and results come in, queries go out.
final class QueryStream implements StreamObserver<QueryProviderOutbound> {

    private final QueryRouter router;
    private final PermittedSender<QueryProviderInbound> sender;
    private final Consumer<QueryStream> ended;
    private volatile String clientId = "";

    /// To be made while the call starts.
    ///
    /// @param ended told once the stream is over
    QueryStream(QueryRouter router, ServerCallStreamObserver<QueryProviderInbound> out, Consumer<QueryStream> ended) {
        this.router = router;
        this.ended = ended;
        this.sender = new PermittedSender<>(out, router.limits().queuedPerClient());
        out.setOnReadyHandler(sender::ready);
        out.setOnCancelHandler(() -> end("The client is gone"));
    }

    PermittedSender<QueryProviderInbound> sender() {
        return sender;
    }

    String clientId() {
        return clientId;
    }

    @Override
    public void onNext(QueryProviderOutbound message) {
        boolean known = true;
        switch (message.getRequestCase()) {
            case SUBSCRIBE -> {
                QuerySubscription offered = message.getSubscribe();
                clientId = offered.getClientId();
                router.subscribe(offered.getQuery(), clientId, this);
            }
            case UNSUBSCRIBE -> router.unsubscribe(message.getUnsubscribe().getQuery(), this);
            case FLOW_CONTROL -> {
                clientId = message.getFlowControl().getClientId();
                sender.grant(message.getFlowControl().getPermits());
            }
            case QUERY_RESPONSE -> router.answered(this, message.getQueryResponse());
            case QUERY_COMPLETE ->
                router.completed(this, message.getQueryComplete().getRequestId());
            case SUBSCRIPTION_QUERY_RESPONSE -> router.subscriptions().answered(message.getSubscriptionQueryResponse());
            case ACK -> {}
            case REQUEST_NOT_SET -> known = false;
        }
        String instruction = message.getInstructionId();
        if (!instruction.isEmpty()) {
            InstructionAck ack = known
                    ? Instructions.done(instruction)
                    : Instructions.refused(instruction, "This node does not know the instruction");
            sender.control(QueryProviderInbound.newBuilder().setAck(ack).build());
        }
    }

    @Override
    public void onError(Throwable t) {
        end("The client is gone");
    }

    @Override
    public void onCompleted() {
        leave(sender::complete);
    }

    /// Ends the stream from this side. Any thread.
    void end(String why) {
        leave(() -> sender.fail(why));
    }

    private void leave(Runnable closing) {
        router.leaving(this);
        closing.run();
        router.lost(this);
        ended.accept(this);
    }
}
