package dev.parley.axonserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.axonserver.protocol.RecordedCall;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import org.junit.jupiter.api.Test;

/// What becomes of queries whose handlers come, go, misbehave or say nothing.
class QueryRouterTest {

    private final QueryNode node = new QueryNode();

    @Test
    void highPriorityOvertakesWhatWaits() {
        QueryNode.Client handler = node.client("a", 0).handles("Find");
        node.ask("low", 1, 0);
        node.ask("high", 1, 10);
        handler.stream().sender().grant(9);
        assertThat(handler.queries()).containsExactly("high", "low");
    }

    @Test
    void unsentQueryOfALostHandlerMovesOnAndASentOneFails() {
        QueryNode.Client lost = node.client("a", 1).handles("Find");
        RecordedCall<QueryResponse> sent = node.ask("sent", 1, 0);
        RecordedCall<QueryResponse> unsent = node.ask("unsent", 1, 0);
        QueryNode.Client other = node.client("b", 9).handles("Find");
        lost.call().cancel();
        assertThat(QueryNode.codes(sent)).containsExactly("AXONIQ-5002");
        assertThat(other.queries()).containsExactly("unsent");
        other.answers("unsent");
        assertThat(QueryNode.codes(unsent)).containsExactly("");
        assertThat(node.inFlight()).isZero();
    }

    @Test
    void completingTwiceOrAfterTheEndIsTolerated() {
        QueryNode.Client one = node.client("a", 9).handles("Find");
        QueryNode.Client two = node.client("b", 9).handles("Find");
        RecordedCall<QueryResponse> reply = node.ask("all", -1, 0);
        one.answers("all");
        one.completes("all");
        one.completes("all");
        assertThat(reply.isCompleted()).isFalse();
        two.answers("all");
        two.completes("all");
        two.completes("all");
        two.answers("all");
        assertThat(QueryNode.codes(reply)).containsExactly("", "");
    }

    @Test
    void scatteredQueryHearsOfALostHandlerAndOfTheResultsOfTheOthers() {
        QueryNode.Client lost = node.client("a", 9).handles("Find");
        QueryNode.Client other = node.client("b", 9).handles("Find");
        QueryNode.Client unasked = node.client("c", 0).handles("Find");
        RecordedCall<QueryResponse> reply = node.ask("all", -1, 0);
        lost.call().cancel();
        unasked.call().cancel();
        other.answers("all");
        other.completes("all");
        assertThat(QueryNode.codes(reply)).containsExactly("AXONIQ-5002", "");
    }

    @Test
    void completionWithoutAResultEndsTheQuery() {
        QueryNode.Client handler = node.client("a", 9).handles("Find");
        RecordedCall<QueryResponse> reply = node.ask("one", 1, 0);
        handler.completes("one");
        assertThat(QueryNode.codes(reply)).isEmpty();
    }

    @Test
    void slowConsumerHoldsItsHandlerBack() {
        QueryNode.Client handler = node.client("a", 9).handles("Find");
        RecordedCall<QueryResponse> reply = node.stream("stream");
        assertThat(handler.credit()).isEqualTo(QueryNode.CREDIT);
        reply.stopReading();
        for (int i = 0; i < QueryNode.CREDIT; i++) {
            handler.answers("stream");
        }
        assertThat(handler.credit()).isEqualTo(QueryNode.CREDIT);
        reply.readOn();
        assertThat(handler.credit()).isEqualTo(2 * QueryNode.CREDIT);
        handler.completes("stream");
        assertThat(reply.sent()).hasSize(QueryNode.CREDIT);
        assertThat(reply.isCompleted()).isTrue();
    }

    @Test
    void cancelInTheMiddleStopsTheHandler() {
        QueryNode.Client handler = node.client("a", 9).handles("Find");
        RecordedCall<QueryResponse> reply = node.stream("stream");
        handler.answers("stream");
        reply.cancel();
        assertThat(handler.call().sent())
                .filteredOn(QueryProviderInbound::hasQueryCancel)
                .hasSize(1);
        handler.answers("stream");
        handler.completes("stream");
        assertThat(reply.sent()).hasSize(1);
        assertThat(node.inFlight()).isZero();
    }

    @Test
    void cancelledQueryThatWaitsIsNeverSent() {
        QueryNode.Client handler = node.client("a", 0).handles("Find");
        node.ask("one", 1, 0).cancel();
        handler.stream().sender().grant(9);
        assertThat(handler.call().sent()).noneMatch(message -> message.hasQuery() || message.hasQueryCancel());
    }

    @Test
    void oneResultEndsAQueryForOne() {
        QueryNode.Client handler = node.client("a", 9).handles("Find");
        RecordedCall<QueryResponse> reply = node.ask("one", 1, 0);
        handler.answers("one");
        handler.answers("one");
        handler.completes("one");
        assertThat(QueryNode.codes(reply)).containsExactly("");
        assertThat(handler.call().sent()).noneMatch(QueryProviderInbound::hasQueryCancel);
    }
}
