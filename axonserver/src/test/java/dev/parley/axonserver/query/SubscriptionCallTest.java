package dev.parley.axonserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.axonserver.protocol.RecordedCall;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryUpdate;
import io.axoniq.axonserver.grpc.query.QueryUpdateComplete;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Axon Framework 4 asks for initial results like this
class SubscriptionCallTest {

    private static final String ID = "subscription";

    private final QueryNode node = new QueryNode();
    private final RecordedCall<SubscriptionQueryResponse> asker = new RecordedCall<>();
    private final SubscriptionCall call = new SubscriptionCall(node.router(), asker);

    private static SubscriptionQuery subscription(long permits) {
        return SubscriptionQuery.newBuilder()
                .setSubscriptionIdentifier(ID)
                .setNumberOfPermits(permits)
                .setQueryRequest(QueryNode.query(ID, 1, 0))
                .build();
    }

    private void subscribe(long permits) {
        call.onNext(SubscriptionQueryRequest.newBuilder()
                .setSubscribe(subscription(permits))
                .build());
    }

    private void askInitial() {
        call.onNext(SubscriptionQueryRequest.newBuilder()
                .setGetInitialResult(subscription(0))
                .build());
    }

    private static SubscriptionQueryResponse.Builder response() {
        return SubscriptionQueryResponse.newBuilder().setSubscriptionIdentifier(ID);
    }

    private static SubscriptionQueryResponse update() {
        return response().setUpdate(QueryUpdate.getDefaultInstance()).build();
    }

    private static SubscriptionQueryResponse complete() {
        return response().setComplete(QueryUpdateComplete.getDefaultInstance()).build();
    }

    private static SubscriptionQueryResponse initial() {
        return response().setInitialResult(QueryResponse.getDefaultInstance()).build();
    }

    private static long count(QueryNode.Client handler, SubscriptionQueryRequest.RequestCase kind) {
        return handler.call().sent().stream()
                .filter(message -> message.getSubscriptionQueryRequest().getRequestCase() == kind)
                .count();
    }

    private String initialError() {
        return asker.sent().getFirst().getInitialResult().getErrorCode();
    }

    @Test
    void handlerThatJoinsLaterSendsUpdates() {
        subscribe(9);
        QueryNode.Client late = node.client("late", 0).handles("Find");
        assertThat(count(late, SubscriptionQueryRequest.RequestCase.SUBSCRIBE)).isEqualTo(1);
        late.responds(update());
        assertThat(asker.sent()).hasSize(1);
    }

    @Test
    void subscriptionOutlivesAHandlerThatLeaves() {
        QueryNode.Client leaving = node.client("a", 0).handles("Find");
        QueryNode.Client staying = node.client("b", 0).handles("Find");
        subscribe(9);
        leaving.call().cancel();
        staying.responds(update());
        assertThat(asker.sent()).hasSize(1);
        assertThat(asker.isCompleted()).isFalse();
    }

    @Test
    void nothingComesAfterTheFirstCompletion() {
        QueryNode.Client one = node.client("a", 0).handles("Find");
        QueryNode.Client two = node.client("b", 0).handles("Find");
        subscribe(1);
        one.responds(update());
        one.responds(update());
        one.responds(complete());
        one.responds(complete());
        two.responds(update());
        assertThat(asker.isCompleted()).isFalse();
        call.onNext(SubscriptionQueryRequest.newBuilder()
                .setFlowControl(subscription(9))
                .build());
        assertThat(asker.sent()).containsExactly(update(), update(), complete());
        assertThat(asker.isCompleted()).isTrue();
        assertThat(count(two, SubscriptionQueryRequest.RequestCase.UNSUBSCRIBE)).isEqualTo(1);
        assertThat(node.router().subscriptions().count()).isZero();
    }

    @Test
    void tooManyUpdatesEndTheSubscriptionWithAnError() {
        QueryNode.Client handler = node.client("a", 0).handles("Find");
        subscribe(0);
        for (int i = 0; i < QueryNode.QUEUED_UPDATES + 1; i++) {
            handler.responds(update());
        }
        assertThat(asker.sent()).hasSize(1);
        assertThat(asker.sent().getFirst().getCompleteExceptionally().getErrorCode())
                .isEqualTo("AXONIQ-5002");
        assertThat(asker.isCompleted()).isTrue();
        assertThat(count(handler, SubscriptionQueryRequest.RequestCase.UNSUBSCRIBE))
                .isEqualTo(1);
    }

    @Test
    void lostHandlerOwesTheInitialResult() {
        QueryNode.Client lost = node.client("a", 9).handles("Find");
        subscribe(9);
        askInitial();
        lost.call().cancel();
        assertThat(initialError()).isEqualTo("AXONIQ-5002");
    }

    @Test
    void initialResultIsAskedOfAnotherHandlerIfTheFirstNeverGotTheQuestion() {
        QueryNode.Client lost = node.client("a", 0).handles("Find");
        subscribe(9);
        askInitial();
        QueryNode.Client other = node.client("b", 9).handles("Find");
        lost.call().cancel();
        assertThat(count(other, SubscriptionQueryRequest.RequestCase.GET_INITIAL_RESULT))
                .isEqualTo(1);
        other.responds(initial());
        other.responds(initial());
        assertThat(asker.sent()).containsExactly(initial());
    }

    @Test
    void initialResultWithoutHandlerIsRefused() {
        subscribe(9);
        askInitial();
        assertThat(initialError()).isEqualTo("AXONIQ-5000");
    }

    @Test
    void initialResultBeforeTheSubscriptionIsRefused() {
        askInitial();
        assertThat(asker.failure()).isNotNull();
    }

    @Test
    void initialResultThatDoesNotComeIsGivenUp() {
        QueryNode.Client silent = node.client("a", 9).handles("Find");
        subscribe(9);
        askInitial();
        node.router().subscriptions().expire(System.nanoTime() + QueryNode.TIMEOUT.toNanos() * 2);
        assertThat(initialError()).isEqualTo("AXONIQ-5002");
        silent.responds(initial());
        assertThat(asker.sent()).hasSize(1);
    }

    @Test
    void identifierOfAnOpenSubscriptionIsRefused() {
        subscribe(9);
        RecordedCall<SubscriptionQueryResponse> second = new RecordedCall<>();
        new SubscriptionCall(node.router(), second)
                .onNext(SubscriptionQueryRequest.newBuilder()
                        .setSubscribe(subscription(9))
                        .build());
        assertThat(second.failure()).isNotNull();
        QueryNode.Client handler = node.client("a", 0).handles("Find");
        handler.responds(update());
        assertThat(asker.sent()).hasSize(1);
    }

    @Test
    void askerThatVanishesIsForgottenEverywhere() {
        QueryNode.Client handler = node.client("a", 0).handles("Find");
        subscribe(9);
        askInitial();
        asker.cancel();
        handler.stream().sender().grant(9);
        assertThat(count(handler, SubscriptionQueryRequest.RequestCase.UNSUBSCRIBE))
                .isEqualTo(1);
        assertThat(count(handler, SubscriptionQueryRequest.RequestCase.GET_INITIAL_RESULT))
                .isZero();
        assertThat(handler.stream().subscriptions()).isEmpty();
        assertThat(node.router().subscriptions().count()).isZero();
    }

    @Test
    void updatesOfStrangersAreIgnored() {
        subscribe(9);
        node.client("stranger", 9).responds(update());
        assertThat(asker.sent()).isEmpty();
    }
}
