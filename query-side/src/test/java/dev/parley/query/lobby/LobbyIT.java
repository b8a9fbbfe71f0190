package dev.parley.query.lobby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.game.Seat;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.testing.Lobby;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import dev.parley.testing.TestApp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class LobbyIT extends Running {

    private final AccountId caller = new AccountId(UUID.randomUUID());
    private Lobby lobby;

    @Autowired
    private EventProcessingConfiguration processing;

    @BeforeEach
    void isEmpty() {
        lobby = new Lobby(store);
        lobby.clear();
    }

    @Test
    void listsGamesByNumberWithNullForAnEmptySeat() {
        AccountId alice = Room.register(store, "Älice \"👋\"");
        AccountId bob = Room.register(store, "bob");
        GameId first = lobby.create(alice, "chess");
        GameId second = lobby.create(bob, "chess");
        lobby.take(second, Seat.BLACK, bob);
        lobby.take(second, Seat.WHITE, bob);
        lobby.take(first, Seat.BLACK, alice);

        assertThat(list().json().toString())
                .isEqualTo("{\"games\":["
                        + "{\"gameID\":" + first.value()
                        + ",\"whiteUsername\":null,\"blackUsername\":\"Älice \\\"👋\\\"\",\"gameName\":\"chess\"},"
                        + "{\"gameID\":" + second.value()
                        + ",\"whiteUsername\":\"bob\",\"blackUsername\":\"bob\",\"gameName\":\"chess\"}]}");
    }

    @Test
    void anEmptyListIsAList() {
        assertThat(list().json().toString()).isEqualTo("{\"games\":[]}");
    }

    @Test
    void nobodyListsGamesWithoutAToken() {
        assertThat(perform(get("/game")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "*/*", "image/png;q=0"})
    void answersWithJsonWhateverIsAccepted(String accept) {
        Answer answer = perform(get("/game").principal(caller::toString).header("Accept", accept));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/games").isArray()).isTrue();
    }

    @Test
    void seesEveryWriteBeforeItWhileMessagesFlow() throws Exception {
        AccountId alice = Room.register(store, "alice");
        Room room = Room.of(store, alice);
        AtomicBoolean flows = new AtomicBoolean(true);
        Thread messages = Thread.ofVirtual().start(() -> {
            while (flows.get()) {
                room.say(alice, "and on and on");
            }
        });
        try {
            for (int games = 1; games <= 25; games++) {
                AccountId player = Room.register(store, "player-" + games);
                GameId game = lobby.create(player, "game " + games);
                assertThat(list().at("/games").size()).isEqualTo(games);
                lobby.take(game, Seat.WHITE, player);
                Answer answer = list();
                assertThat(answer.at("/games/" + (games - 1) + "/gameID").asInt())
                        .isEqualTo(game.value());
                assertThat(answer.at("/games/" + (games - 1) + "/whiteUsername").asString())
                        .isEqualTo("player-" + games);
            }
            lobby.clear();
            assertThat(list().at("/games").size()).isZero();
        } finally {
            flows.set(false);
            messages.join();
        }
    }

    @Test
    void anotherNodeSeesEveryWriteBeforeItsList() {
        Map<String, Object> properties = new HashMap<>(properties());
        properties.put("axon.axonserver.client-id", "another-node");
        try (ConfigurableApplicationContext other = new SpringApplicationBuilder(TestApp.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run()) {
            GameList elsewhere = other.getBean(GameList.class);
            for (int games = 1; games <= 25; games++) {
                AccountId player = Room.register(store, "player-" + games);
                GameId game = lobby.create(player, "game " + games);
                assertThat(elsewhere.read(null)).hasSize(games);
                lobby.take(game, Seat.BLACK, player);
                assertThat(elsewhere.read(null).getLast())
                        .isEqualTo(new LobbyTables.Row(game.value(), null, "player-" + games, "game " + games));
                assertThat(list().at("/games").size()).isEqualTo(games);
            }
            lobby.clear();
            assertThat(elsewhere.read(null)).isEmpty();
        }
    }

    @Test
    void aListThatCannotBeNewInTimeIsRefused() {
        EventProcessor processor =
                processing.eventProcessor(QuerySideConfiguration.LOBBY).orElseThrow();
        processor.shutDown();
        try {
            lobby.create(caller, "not to be seen yet");
            long start = System.nanoTime();
            assertThat(askAfter(caller, null, "/game").status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        } finally {
            processor.start();
        }
        await().until(() -> askAfter(caller, null, "/game").status() == 200);
        assertThat(list().at("/games").size()).isEqualTo(1);
    }

    @Test
    void gamesAndPlayersOfBeforeAClearAreIgnoredAfterIt() {
        AccountId alice = Room.register(store, "alice");
        GameId before = lobby.create(alice, "before");
        GameId late = lobby.number();
        lobby.clear();
        lobby.create(late, alice, "created too late");
        lobby.take(late, Seat.WHITE, alice);
        lobby.take(before, Seat.WHITE, alice);
        assertThat(list().at("/games").size()).isZero();

        GameId after = lobby.create(alice, "after");
        lobby.take(after, Seat.WHITE, alice);
        assertThat(list().at("/games/0/gameName").asString()).isEqualTo("after");
        assertThat(list().at("/games/0/whiteUsername").isNull()).isTrue();
        assertThat(list().at("/games").size()).isEqualTo(1);
    }

    /// Without `Parley-After`: it must be as new by itself.
    private Answer list() {
        Answer answer = askAfter(caller, null, "/game");
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }
}
