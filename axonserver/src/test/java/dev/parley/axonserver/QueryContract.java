package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Messages.all;
import static dev.parley.axonserver.Messages.await;
import static dev.parley.axonserver.Messages.query;
import static dev.parley.axonserver.Messages.result;
import static dev.parley.axonserver.Messages.streamingQuery;
import static dev.parley.axonserver.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.FlowControl;
import io.axoniq.axonserver.connector.ReplyChannel;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.query.QueryDefinition;
import io.axoniq.axonserver.connector.query.QueryHandler;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryServiceGrpc;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What applications rely on when they ask and answer queries, at any Axon Server.
interface QueryContract extends Contract {

    @Test
    default void queryIsAnsweredByOneHandler() throws Exception {
        String name = id();
        QueryHandler handler = (query, replies) -> replies.sendLast(result("one"));
        for (String client : List.of("a", "b")) {
            await(connect(client).queryChannel().registerQueryHandler(handler, new QueryDefinition(name, "text")));
        }
        List<QueryResponse> results = all(connect("asker").queryChannel().query(query(name, 1)));
        assertThat(results).hasSize(1);
        assertThat(text(results.getFirst().getPayload())).isEqualTo("one");
    }

    @Test
    default void queryWithoutHandlerIsAnsweredSo() {
        List<QueryResponse> results = all(connect("asker").queryChannel().query(query(id(), 1)));
        assertThat(results).extracting(QueryResponse::getErrorCode).containsExactly("AXONIQ-5000");
    }

    @Test
    default void scatteredQueryIsAnsweredByEachComponentOnce() throws Exception {
        String name = id();
        for (String component : List.of("one", "other", "third", "other")) {
            QueryHandler handler = (query, replies) -> replies.sendLast(result(component));
            await(connect(component, "client")
                    .queryChannel()
                    .registerQueryHandler(handler, new QueryDefinition(name, "text")));
        }
        List<QueryResponse> results = all(connect("asker").queryChannel().query(query(name, -1)));
        assertThat(results).extracting(r -> text(r.getPayload())).containsExactlyInAnyOrder("one", "other", "third");
    }

    @Test
    default void queryOfALostHandlerFails() throws Exception {
        String name = id();
        ManagedChannel handler = clients().channel(context());
        LostHandler<QueryProviderInbound> received = new LostHandler<>(QueryProviderInbound::hasQuery);
        var stream = QueryServiceGrpc.newStub(handler).openStream(received);
        stream.onNext(QueryProviderOutbound.newBuilder()
                .setInstructionId("1")
                .setSubscribe(QuerySubscription.newBuilder().setQuery(name).setClientId(id()))
                .build());
        stream.onNext(QueryProviderOutbound.newBuilder()
                .setFlowControl(
                        io.axoniq.axonserver.grpc.FlowControl.newBuilder().setPermits(10))
                .build());
        get(received.acknowledged());
        ResultStream<QueryResponse> results = connect("asker").queryChannel().query(query(name, 1));
        get(received.work());
        handler.shutdownNow();
        assertThat(all(results))
                .extracting(QueryResponse::getErrorCode)
                .singleElement()
                .asString()
                .isIn("AXONIQ-4001", "AXONIQ-5002");
    }

    @Test
    default void queryAndResponseComeAsTheyWere() throws Exception {
        String name = id();
        CompletableFuture<QueryRequest> received = new CompletableFuture<>();
        QueryResponse refusal = QueryResponse.newBuilder()
                .setMessageIdentifier(id())
                .setErrorCode("AXONIQ-5001")
                .setErrorMessage(ErrorMessage.newBuilder().setMessage("Not this one"))
                .setPayload(text("details"))
                .build();
        QueryHandler handler = (query, replies) -> {
            received.complete(query);
            replies.sendLast(refusal);
        };
        await(connect("handler").queryChannel().registerQueryHandler(handler, new QueryDefinition(name, "text")));
        QueryRequest sent =
                query(name, 1).toBuilder().setPayload(text("payload")).build();
        List<QueryResponse> results = all(connect("asker").queryChannel().query(sent));
        assertThat(get(received).getPayload()).isEqualTo(sent.getPayload());
        assertThat(results).extracting(QueryResponse::getErrorCode).containsExactly("AXONIQ-5001");
        assertThat(results.getFirst().getErrorMessage().getMessage()).isEqualTo("Not this one");
        assertThat(results.getFirst().getPayload()).isEqualTo(refusal.getPayload());
    }

    @Test
    default void streamedResultsComeInOrderAndToTheEnd() throws Exception {
        String name = id();
        Counting counting = new Counting(500);
        await(connect("handler").queryChannel().registerQueryHandler(counting, new QueryDefinition(name, "text")));
        List<QueryResponse> results = all(connect("asker").queryChannel().query(streamingQuery(name)));
        assertThat(results)
                .extracting(r -> text(r.getPayload()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(String::valueOf).toList());
    }

    @Test
    default void cancelledStreamStopsItsHandler() throws Exception {
        String name = id();
        Counting endless = new Counting(Integer.MAX_VALUE);
        await(connect("handler").queryChannel().registerQueryHandler(endless, new QueryDefinition(name, "text")));
        ResultStream<QueryResponse> results = connect("asker").queryChannel().query(streamingQuery(name));
        for (int i = 0; i < 100; i++) {
            assertThat(text(results.nextIfAvailable(10, TimeUnit.SECONDS).getPayload()))
                    .isEqualTo(String.valueOf(i));
        }
        results.close();
        get(endless.cancelled());
    }

    /// Streams numbers as they are asked for.
    record Counting(int end, AtomicInteger next, CompletableFuture<Void> cancelled) implements QueryHandler {

        private static final int AT_ONCE = 1000;

        Counting(int end) {
            this(end, new AtomicInteger(), new CompletableFuture<>());
        }

        @Override
        public void handle(QueryRequest query, ReplyChannel<QueryResponse> replies) {
            stream(query, replies).request(end);
        }

        @Override
        public FlowControl stream(QueryRequest query, ReplyChannel<QueryResponse> replies) {
            return new FlowControl() {
                @Override
                public void request(long requested) {
                    long sent = Math.min(requested, AT_ONCE);
                    for (long i = 0; i < sent && next.get() < end; i++) {
                        replies.send(result(String.valueOf(next.getAndIncrement())));
                    }
                    if (next.get() == end) {
                        replies.complete();
                    }
                }

                @Override
                public void cancel() {
                    cancelled.complete(null);
                }
            };
        }
    }
}
