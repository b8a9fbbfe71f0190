package dev.parley.axonserver.query;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.Offer;
import dev.parley.axonserver.protocol.PermittedSender;
import dev.parley.axonserver.protocol.Work;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryUpdateCompleteExceptionally;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One subscription query: all handlers of the query send updates, one of them the initial result. Updates go out as
/// the one who asked grants permits; one who lets too many wait is told so and loses the subscription.
///
/// The subscription lasts until the one who asked ends it or a handler completes it. Handlers may come and go
/// meanwhile. Of the initial result it hears in any case: the result, or why there is none.
@SuppressWarnings("deprecation") // see InitialResult
final class SubscriptionCall implements StreamObserver<SubscriptionQueryRequest> {

    private final QueryRouter router;
    private final PermittedSender<SubscriptionQueryResponse> sender;
    private final Set<QueryStream> subscribedAt = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable InitialResult> initial = new AtomicReference<>();
    private volatile @Nullable SubscriptionQuery subscription;
    private volatile long initialDue;
    private volatile boolean over;

    /// To be made while the call starts.
    SubscriptionCall(QueryRouter router, ServerCallStreamObserver<SubscriptionQueryResponse> out) {
        this.router = router;
        this.sender = new PermittedSender<>(out, router.limits().queuedUpdates());
        out.setOnReadyHandler(sender::ready);
        out.setOnCancelHandler(this::end);
    }

    @Override
    public void onNext(SubscriptionQueryRequest request) {
        switch (request.getRequestCase()) {
            case SUBSCRIBE -> subscribe(request.getSubscribe());
            case GET_INITIAL_RESULT -> askInitial();
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

    /// Has a handler send updates. It needs no permit, so that the handler hears of the subscription before its end.
    void subscribeAt(QueryStream handler) {
        SubscriptionQuery asked = subscription;
        if (asked == null || over || !subscribedAt.add(handler)) {
            return;
        }
        handler.subscriptions().add(this);
        handler.sender().control(toHandler(SubscriptionQueryRequest.newBuilder().setSubscribe(asked)));
        if (over) {
            unsubscribeAt(handler, asked);
        }
        if (handler.hasLeft()) {
            leftBy(handler);
        }
    }

    /// A handler is gone.
    void leftBy(QueryStream handler) {
        subscribedAt.remove(handler);
        handler.subscriptions().remove(this);
    }

    /// A result, an update or the end, from a handler; ignored if that was not asked for.
    void answered(QueryStream handler, SubscriptionQueryResponse response) {
        if (!response.hasInitialResult() && !subscribedAt.contains(handler)) {
            return;
        }
        switch (response.getResponseCase()) {
            case INITIAL_RESULT -> {
                InitialResult asked = initial.get();
                if (asked != null && asked.handler().equals(handler) && initial.compareAndSet(asked, null)) {
                    handler.done(asked);
                    sender.control(response);
                }
            }
            case UPDATE -> {
                if (sender.offer(new Work<>(response)) == Offer.FULL) {
                    overrun(response.getSubscriptionIdentifier());
                }
            }
            case COMPLETE, COMPLETE_EXCEPTIONALLY -> {
                sender.offer(new Work<>(response));
                leave();
                sender.finish();
            }
            case RESPONSE_NOT_SET -> {}
        }
    }

    /// The handler that was to give the initial result has gone before it was asked.
    void initialReturned(InitialResult asked) {
        if (initial.compareAndSet(asked, null)) {
            askInitial();
        }
    }

    /// The handler that was to give the initial result has gone.
    void initialLost(InitialResult asked) {
        if (initial.compareAndSet(asked, null)) {
            refuseInitial(
                    ErrorCode.QUERY_DISPATCH,
                    "Connection lost while executing query on: "
                            + asked.handler().clientId());
        }
    }

    /// Gives up on an initial result whose time is up.
    void expire(long now) {
        InitialResult asked = initial.get();
        if (asked != null && initialDue - now <= 0 && initial.compareAndSet(asked, null)) {
            asked.handler().withdraw(asked);
            refuseInitial(ErrorCode.QUERY_DISPATCH, "The query was not answered in time");
        }
    }

    private void subscribe(SubscriptionQuery wanted) {
        if (subscription != null) {
            return;
        }
        String id = wanted.getSubscriptionIdentifier();
        subscription = wanted;
        sender.grant(wanted.getNumberOfPermits());
        if (!router.subscriptions().add(id, wanted.getQueryRequest().getQuery(), this)) {
            over = true;
            sender.fail("There is already a subscription query with this identifier");
        }
    }

    private void askInitial() {
        SubscriptionQuery asked = subscription;
        if (asked == null) {
            sender.fail("The initial result was asked for before the subscription");
            return;
        }
        if (over || initial.get() != null) {
            return;
        }
        var instructions = asked.getQueryRequest().getProcessingInstructionsList();
        long priority = Instructions.number(instructions, ProcessingKey.PRIORITY, 0);
        String name = asked.getQueryRequest().getQuery();
        initialDue = System.nanoTime()
                + Instructions.timeout(instructions, router.limits().queryTimeout());
        for (List<QueryStream> one = router.one(name); !one.isEmpty(); one = router.one(name)) {
            QueryStream handler = one.getFirst();
            InitialResult task = new InitialResult(this, asked, handler, priority);
            initial.set(task);
            Offer offer = handler.offer(task);
            if (offer == Offer.TAKEN) {
                if (over) {
                    handler.withdraw(task);
                }
                return;
            }
            initial.set(null);
            if (offer == Offer.FULL) {
                refuseInitial(ErrorCode.QUERY_DISPATCH, "Too many queries wait for the handler of " + name);
                return;
            }
            router.handlers().remove(handler);
        }
        refuseInitial(ErrorCode.NO_HANDLER_FOR_QUERY, "No handler for query: " + name);
    }

    private void refuseInitial(ErrorCode code, String why) {
        SubscriptionQuery asked = subscription;
        if (asked == null) {
            return;
        }
        QueryResponse error = QueryInFlight.error(asked.getQueryRequest(), code, why);
        sender.control(SubscriptionQueryResponse.newBuilder()
                .setMessageIdentifier(error.getMessageIdentifier())
                .setSubscriptionIdentifier(asked.getSubscriptionIdentifier())
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
        over = true;
        if (asked == null) {
            return;
        }
        router.subscriptions()
                .remove(
                        asked.getSubscriptionIdentifier(),
                        asked.getQueryRequest().getQuery(),
                        this);
        InitialResult owed = initial.getAndSet(null);
        if (owed != null) {
            owed.handler().withdraw(owed);
        }
        List.copyOf(subscribedAt).forEach(handler -> unsubscribeAt(handler, asked));
    }

    private void unsubscribeAt(QueryStream handler, SubscriptionQuery asked) {
        if (subscribedAt.remove(handler)) {
            handler.subscriptions().remove(this);
            handler.sender()
                    .control(toHandler(SubscriptionQueryRequest.newBuilder().setUnsubscribe(asked)));
        }
    }

    private static QueryProviderInbound toHandler(SubscriptionQueryRequest.Builder request) {
        return QueryProviderInbound.newBuilder()
                .setSubscriptionQueryRequest(request)
                .build();
    }
}
