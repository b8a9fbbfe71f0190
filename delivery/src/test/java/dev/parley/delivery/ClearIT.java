package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.deletion.DeletionStore;
import dev.parley.delivery.membership.MembershipProjection;
import dev.parley.delivery.membership.MembershipStore;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.TestClient;
import java.net.http.HttpClient;
import java.util.List;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What a cleared application leaves of the gateway: nothing.
class ClearIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServletWebServerApplicationContext app = GatewayIT.run("--parley.delivery.sessions.recheck=1h");
    private final CommandSideStandIn side = app.getBean(CommandSideStandIn.class);
    private final JdbcClient jdbc = app.getBean(JdbcClient.class);
    private AccountId ann;
    private AccountId bob;
    private ConversationId talk;

    @BeforeEach
    void before() {
        ann = side.account("ann");
        bob = side.account("bob");
        talk = side.start(ann, bob);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private TestClient client() {
        return TestClient.connect(http, app.getWebServer().getPort());
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from delivery." + table)
                .query(Long.class)
                .single();
    }

    private long head() {
        return app.getBean(EventStore.class).createHeadToken().position().orElseThrow();
    }

    private void awaitProjection() {
        await().until(() -> app.getBean(MembershipStore.class).position() >= head());
    }

    @Test
    void closesAllSocketsAndForgetsWhatWas() {
        try (TestClient anns = client().hello("ann", "phone", -1);
                TestClient bobs = client().hello("bob", "phone", -1);
                TestClient stranger = client()) {
            anns.untilCaughtUp();
            bobs.untilCaughtUp();
            await().until(() -> rows("cursor") == 2);
            app.getBean(DeletionStore.class).delete(talk, 1, 0);

            side.clear(1);

            assertThat(anns.closeCode()).isEqualTo(4500);
            assertThat(bobs.closeCode()).isEqualTo(4500);
            awaitProjection();
            assertThat(rows("membership")).isZero();
            assertThat(rows("cursor")).isZero();
            assertThat(rows("deleted")).isZero();
            assertThat(rows("claim")).isZero();
            assertThat(rows("presence")).isZero();
            side.account("new");
            stranger.hello("new", "phone", -1); // it had not said hello: it may stay
        }
    }

    @Test
    void theNewEraStartsFromNothing() {
        long before = head();
        side.clear(1);
        AccountId again = side.account("ann");
        assertThat(again).isNotEqualTo(ann);
        try (TestClient phone = client().hello("ann", "phone", -1)) {
            assertThat(phone.untilCaughtUp()).isEmpty();
            ConversationId tea = side.start(again);
            side.say(tea, again, "Hello");
            phone.next("event");
            JsonNode message = phone.next("event");
            assertThat(message.get("conversation").stringValue()).isEqualTo(tea.toString());
            phone.ack(message.get("position").longValue());
            await().until(() -> rows("cursor") == 1);
        }
        CursorKeeper keeper = app.getBean(CursorKeeper.class);
        keeper.note(new DeviceKey(bob, "phone"), before);
        keeper.flush();
        assertThat(rows("cursor"))
                .as("a late acknowledgement of before leaves nothing")
                .isOne();
        side.say(talk, bob, "a late fact of before");
        awaitProjection();
        try (TestClient phone = client().hello("ann", "phone", -1)) {
            assertThat(phone.untilCaughtUp()).hasSize(2);
        }
    }

    @Test
    void toldTwiceItForgetsNothingOfAfter() {
        side.clear(1);
        long cleared = head();
        AccountId carl = side.account("carl");
        ConversationId tea = side.start(carl);
        try (TestClient phone = client().hello("carl", "phone", -1)) {
            phone.untilCaughtUp();
            await().until(() -> rows("cursor") == 1);
            awaitProjection();
            new TransactionTemplate(app.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(transaction -> app.getBean(MembershipProjection.class)
                            .on(
                                    new ApplicationCleared(1, new GameId(1), CommandSideStandIn.AT),
                                    new GlobalSequenceTrackingToken(cleared)));
            assertThat(rows("membership")).isOne();
            assertThat(rows("cursor")).isOne();
            assertThat(rows("claim")).isOne();
            assertThat(rows("presence")).isOne();
            side.say(tea, carl, "still here");
            phone.next("event");
        }
    }

    @Test
    void factsOfOtherFamiliesMoveTheProjection() {
        side.account("dora");
        side.logout("dora");
        awaitProjection();
    }

    @Test
    void playersAreToldWhoSatDown() {
        GameId game = new GameId(7);
        try (TestClient anns = client().hello("ann", "phone", head());
                TestClient bobs = client().hello("bob", "phone", head())) {
            anns.untilCaughtUp();
            bobs.untilCaughtUp();
            ConversationId table = side.play(game, ann);
            assertThat(anns.next("event").at("/data/kind").asString()).isEqualTo("game");
            JsonNode first = anns.next("event");
            assertThat(first.get("event").asString()).isEqualTo("game");
            assertThat(first.get("data").toString())
                    .isEqualTo(
                            "{\"game\":7,\"seat\":\"white\",\"account\":\"%s\",\"white\":\"%s\"}".formatted(ann, ann));
            side.join(table, game, ann, bob);
            for (TestClient player : List.of(anns, bobs)) {
                assertThat(player.next("event").get("event").asString()).isEqualTo("member-added");
                JsonNode seated = player.next("event");
                assertThat(seated.at("/data/seat").asString()).isEqualTo("black");
                assertThat(seated.at("/data/account").asString()).isEqualTo(bob.toString());
                assertThat(seated.at("/data/white").asString()).isEqualTo(ann.toString());
                assertThat(seated.at("/data/black").asString()).isEqualTo(bob.toString());
            }
            side.say(table, bob, "Good luck");
            assertThat(anns.next("event").at("/data/body").asString()).isEqualTo("Good luck");
        }
    }
}
