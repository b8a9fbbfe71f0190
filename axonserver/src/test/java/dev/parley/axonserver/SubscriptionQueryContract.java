package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Messages.await;
import static dev.parley.axonserver.Messages.query;
import static dev.parley.axonserver.Messages.result;
import static dev.parley.axonserver.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.connector.ReplyChannel;
import io.axoniq.axonserver.connector.query.QueryDefinition;
import io.axoniq.axonserver.connector.query.QueryHandler;
import io.axoniq.axonserver.connector.query.SubscriptionQueryResult;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryUpdate;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What applications rely on when a query is asked once and answered as long as anybody listens, at any Axon Server.
@SuppressWarnings("removal") // Axon Framework 4 still asks for the initial result this way.
interface SubscriptionQueryContract extends Contract {

    /// A handler that answers "initial" and lets the test send the updates.
    record Updating(BlockingQueue<UpdateHandler> subscribed, CompletableFuture<Void> cancelled)
            implements QueryHandler {

        Updating() {
            this(new LinkedBlockingQueue<>(), new CompletableFuture<>());
        }

        @Override
        public void handle(QueryRequest query, ReplyChannel<QueryResponse> replies) {
            replies.sendLast(result("initial"));
        }

        @Override
        public Registration registerSubscriptionQuery(SubscriptionQuery query, UpdateHandler updates) {
            subscribed.add(updates);
            return () -> {
                cancelled.complete(null);
                return CompletableFuture.completedFuture(null);
            };
        }

        UpdateHandler next() throws InterruptedException {
            UpdateHandler next = subscribed.poll(10, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }
    }

    private AxonServerConnection handle(String name, QueryHandler handler) throws Exception {
        AxonServerConnection connection = connect("handler");
        await(connection.queryChannel().registerQueryHandler(handler, new QueryDefinition(name, "text")));
        return connection;
    }

    private SubscriptionQueryResult subscribe(String name) {
        SubscriptionQueryResult asked = connect("asker").queryChannel().subscriptionQuery(query(name, 1), 64, 16);
        clients().beforeClose(() -> asked.updates().close());
        return asked;
    }

    private static QueryUpdate update(String text) {
        return QueryUpdate.newBuilder()
                .setMessageIdentifier(id())
                .setPayload(text(text))
                .build();
    }

    private static String next(SubscriptionQueryResult asked) throws InterruptedException {
        QueryUpdate update = asked.updates().nextIfAvailable(10, TimeUnit.SECONDS);
        assertThat(update).isNotNull();
        return text(update.getPayload());
    }

    @Test
    default void initialResultComesAndThenUpdates() throws Exception {
        String name = id();
        Updating handler = new Updating();
        handle(name, handler);
        SubscriptionQueryResult asked = subscribe(name);
        QueryHandler.UpdateHandler updates = handler.next();
        assertThat(text(get(asked.initialResult()).getPayload())).isEqualTo("initial");
        for (int sent = 0; sent < 160; sent += 16) {
            for (int i = sent; i < sent + 16; i++) {
                updates.sendUpdate(update("u" + i));
            }
            for (int i = sent; i < sent + 16; i++) {
                assertThat(next(asked)).isEqualTo("u" + i);
            }
        }
    }

    @Test
    default void updatesComeBeforeTheInitialResultIsAskedFor() throws Exception {
        String name = id();
        Updating handler = new Updating();
        handle(name, handler);
        SubscriptionQueryResult asked = subscribe(name);
        handler.next().sendUpdate(update("early"));
        assertThat(next(asked)).isEqualTo("early");
        assertThat(text(get(asked.initialResult()).getPayload())).isEqualTo("initial");
    }

    @Test
    default void updatesEndWhenTheirHandlerSaysSo() throws Exception {
        String name = id();
        Updating handler = new Updating();
        handle(name, handler);
        SubscriptionQueryResult asked = subscribe(name);
        QueryHandler.UpdateHandler updates = handler.next();
        get(asked.initialResult());
        updates.sendUpdate(update("last"));
        updates.complete();
        assertThat(next(asked)).isEqualTo("last");
        Awaitility.await().until(() -> asked.updates().isClosed());
    }

    @Test
    default void handlerHearsThatNobodyListensAnyMore() throws Exception {
        String name = id();
        Updating handler = new Updating();
        handle(name, handler);
        SubscriptionQueryResult asked = subscribe(name);
        handler.next();
        get(asked.initialResult());
        asked.updates().close();
        get(handler.cancelled());
    }

    @Test
    default void updatesReachOnlyTheirSubscription() throws Exception {
        String name = id();
        Updating handler = new Updating();
        handle(name, handler);
        SubscriptionQueryResult one = subscribe(name);
        QueryHandler.UpdateHandler toOne = handler.next();
        SubscriptionQueryResult other = subscribe(name);
        QueryHandler.UpdateHandler toOther = handler.next();
        toOne.sendUpdate(update("one"));
        toOther.sendUpdate(update("other"));
        assertThat(next(one)).isEqualTo("one");
        assertThat(next(other)).isEqualTo("other");
        assertThat(one.updates().nextIfAvailable()).isNull();
    }

    @Test
    default void handlerThatComesLaterHearsOfTheSubscription() throws Exception {
        String name = id();
        Updating first = new Updating();
        handle(name, first);
        SubscriptionQueryResult asked = subscribe(name);
        first.next();
        Updating second = new Updating();
        handle(name, second);
        second.next().sendUpdate(update("from the second"));
        assertThat(next(asked)).isEqualTo("from the second");
    }

    @Test
    default void initialResultWithoutHandlerFails() {
        CompletableFuture<String> failure = subscribe(id())
                .initialResult()
                .handle((result, thrown) -> thrown == null ? result.getErrorCode() : thrown.getMessage());
        assertThat(get(failure)).contains("AXONIQ-5000");
    }
}
