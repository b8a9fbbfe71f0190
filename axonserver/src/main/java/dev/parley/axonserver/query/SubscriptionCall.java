package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.PermittedSender;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryUpdateCompleteExceptionally;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One subscription query: all handlers of the query send updates, one of them the initial result. Updates go out as
/// the one who asked grants permits; one who lets too many wait is told so and loses the subscription.
///
/// Asking for the initial result on this stream is deprecated in the protocol, but it is what Axon Framework 4 does.
@SuppressWarnings("deprecation")
final class SubscriptionCall implements StreamObserver<SubscriptionQueryRequest> {

    private final Subscriptions subscriptions;
    private final PermittedSender<SubscriptionQueryResponse> sender;
    private final Set<QueryStream> subscribedAt = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable QueryStream> initialFrom = new AtomicReference<>();
    private volatile @Nullable SubscriptionQuery subscription;

    /// To be made while the call starts.
    SubscriptionCall(
            Subscriptions subscriptions, int queuedUpdates, ServerCallStreamObserver<SubscriptionQueryResponse> out) {
        this.subscriptions = subscriptions;
        this.sender = new PermittedSender<>(out, queuedUpdates);
        out.setOnReadyHandler(sender::ready);
        out.setOnCancelHandler(this::end);
    }

    @Override
    public void onNext(SubscriptionQueryRequest request) {
        switch (request.getRequestCase()) {
            case SUBSCRIBE -> subscribe(request.getSubscribe());
            case GET_INITIAL_RESULT -> askInitial(request.getGetInitialResult());
            case FLOW_CONTROL -> sender.grant(request.getFlowControl().getNumberOfPermits());
            case UNSUBSCRIBE -> end();
            case REQUEST_NOT_SET -> {}
        }
    }

    @Override
    public void onError(Throwable t) {
        end();
    }

    @Override
    public void onCompleted() {
        end();
    }

    boolean isAbout(String query) {
        SubscriptionQuery asked = subscription;
        return asked != null && asked.getQueryRequest().getQuery().equals(query);
    }

    void subscribeAt(QueryStream handler) {
        SubscriptionQuery asked = subscription;
        if (asked != null && subscribedAt.add(handler)) {
            handler.sender()
                    .offer(toHandler(SubscriptionQueryRequest.newBuilder().setSubscribe(asked)));
        }
    }

    void answered(SubscriptionQueryResponse response) {
        switch (response.getResponseCase()) {
            case INITIAL_RESULT -> {
                initialFrom.set(null);
                sender.control(response);
            }
            case UPDATE -> {
                if (!sender.offer(response)) {
                    overrun(response.getSubscriptionIdentifier());
                }
            }
            case COMPLETE, COMPLETE_EXCEPTIONALLY -> {
                sender.offer(response);
                leave();
                sender.finish();
            }
            case RESPONSE_NOT_SET -> {}
        }
    }

    /// A handler is gone; if the initial result was to come from it, the one who asked hears of it.
    void lost(QueryStream handler) {
        subscribedAt.remove(handler);
        SubscriptionQuery asked = subscription;
        if (asked != null && initialFrom.compareAndSet(handler, null)) {
            refuseInitial(asked, ErrorCode.QUERY_DISPATCH, "The handler's connection was lost");
        }
    }

    private void subscribe(SubscriptionQuery wanted) {
        String id = wanted.getSubscriptionIdentifier();
        if (subscription != null || !subscriptions.add(id, this)) {
            sender.fail("There is already a subscription query with this identifier");
            return;
        }
        subscription = wanted;
        sender.grant(wanted.getNumberOfPermits());
        subscriptions.handlers().all(wanted.getQueryRequest().getQuery()).forEach(this::subscribeAt);
    }

    private void askInitial(SubscriptionQuery wanted) {
        String name = wanted.getQueryRequest().getQuery();
        QueryStream handler = subscriptions.handlers().one(name);
        if (handler == null) {
            refuseInitial(wanted, ErrorCode.NO_HANDLER_FOR_QUERY, "No handler for query " + name);
            return;
        }
        initialFrom.set(handler);
        boolean taken = handler.sender()
                .offer(toHandler(SubscriptionQueryRequest.newBuilder().setGetInitialResult(wanted)));
        if (!taken && initialFrom.compareAndSet(handler, null)) {
            refuseInitial(wanted, ErrorCode.QUERY_DISPATCH, "The handler of query " + name + " cannot take it now");
        }
    }

    private void refuseInitial(SubscriptionQuery wanted, ErrorCode code, String why) {
        QueryResponse error = QueryInFlight.error(wanted.getQueryRequest(), code, why);
        sender.control(SubscriptionQueryResponse.newBuilder()
                .setMessageIdentifier(error.getMessageIdentifier())
                .setSubscriptionIdentifier(wanted.getSubscriptionIdentifier())
                .setInitialResult(error)
                .build());
    }

    private void overrun(String id) {
        ErrorCode code = ErrorCode.QUERY_DISPATCH;
        sender.control(SubscriptionQueryResponse.newBuilder()
                .setMessageIdentifier(UUID.randomUUID().toString())
                .setSubscriptionIdentifier(id)
                .setCompleteExceptionally(QueryUpdateCompleteExceptionally.newBuilder()
                        .setErrorCode(code.code())
                        .setErrorMessage(code.message("Too many updates were waiting to be taken")))
                .build());
        end();
    }

    /// Ends the subscription, at the handlers too.
    private void end() {
        leave();
        sender.complete();
    }

    private void leave() {
        SubscriptionQuery asked = subscription;
        if (asked == null) {
            return;
        }
        subscriptions.remove(asked.getSubscriptionIdentifier(), this);
        QueryProviderInbound unsubscribe =
                toHandler(SubscriptionQueryRequest.newBuilder().setUnsubscribe(asked));
        for (QueryStream handler : subscribedAt) {
            if (subscribedAt.remove(handler)) {
                handler.sender().control(unsubscribe);
            }
        }
    }

    private static QueryProviderInbound toHandler(SubscriptionQueryRequest.Builder request) {
        return QueryProviderInbound.newBuilder()
                .setSubscriptionQueryRequest(request)
                .build();
    }
}
