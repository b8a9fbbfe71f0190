package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lobby on two nodes: what one answered the other knows, and what happens while a server they stand on is down.
class LobbyClusterSystemTest {

    private static final Duration BOUND = Duration.ofSeconds(6);

    @TempDir
    private static Path folder;

    private static Cluster cluster;
    private static LobbyClient here;
    private static LobbyClient there;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(
                folder, Map.of("here", Cluster.ALL_ROLES, "there", Cluster.ALL_ROLES), "--parley.clear.enabled=true");
        here = new LobbyClient(cluster.node("here").address());
        there = new LobbyClient(cluster.node("there").address());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void whatOneNodeAnsweredTheOtherKnowsAtOnce() {
        for (int round = 0; round < 30; round++) {
            String name = "roamer-" + UUID.randomUUID();
            String token = LobbyClient.token(here.register(name, "p"));
            assertThat(there.register(name, "p").status()).isEqualTo(403);
            int game = there.created(token, "roaming");
            assertThat(here.join(token, "WHITE", game).status()).isEqualTo(200);
            assertThat(there.listed(token, game).path("whiteUsername").asString())
                    .isEqualTo(name);
            assertThat(there.join(token, "WHITE", game).status()).isEqualTo(403);
            assertThat(here.logOut(token).status()).isEqualTo(200);
            assertThat(there.list(token).status()).isEqualTo(401);
        }
    }

    @Test
    void aLogoutOnOneNodeClosesTheSocketOnTheOther() {
        Caller person = Caller.register(cluster.node("here").address(), "far-" + UUID.randomUUID());
        try (ChatSocket socket = ChatSocket.open(person.at(cluster.node("there").address()), "laptop")) {
            person.delete("/api/v1/session");
            assertThat(socket.awaitClose()).isEqualTo(4500);
        }
    }

    @Test
    void aNameAndASeatAreGivenOnceByTwoNodes() throws Exception {
        String name = "one-" + UUID.randomUUID();
        assertThat(AtOnce.statuses(40, i -> node(i).register(name, "p" + i)))
                .filteredOn(status -> status == 200)
                .hasSize(1);
        String alice = here.newcomer();
        String bob = there.newcomer();
        for (int round = 0; round < 20; round++) {
            int game = here.created(alice, "race");
            assertThat(AtOnce.statuses(2, i -> node(i).join(i == 0 ? alice : bob, "BLACK", game)))
                    .containsExactlyInAnyOrder(200, 403);
        }
    }

    @Test
    void clearingOnOneNodeEmptiesTheOtherAtOnce() {
        for (int round = 0; round < 3; round++) {
            String token = LobbyClient.token(here.register("phoenix", "p"));
            int game = there.created(token, "ashes");
            there.join(token, "WHITE", game);
            Caller person = new Caller(cluster.node("there").address(), "phoenix", null, token);
            try (ChatSocket socket = ChatSocket.open(person, "laptop")) {
                Answer cleared = here.clear();
                assertThat(cleared.status()).isEqualTo(200);
                assertThat(cleared.response().body()).isEqualTo("{}");
                assertThat(there.list(token).status()).isEqualTo(401);
                assertThat(there.logIn("phoenix", "p").status()).isEqualTo(401);
                assertThat(socket.awaitClose()).isEqualTo(4500);
            }
            String again = there.newcomer();
            assertThat(there.list(again).response().body()).isEqualTo("{\"games\":[]}");
            assertThat(here.list(again).response().body()).isEqualTo("{\"games\":[]}");
            assertThat(there.join(again, "BLACK", game).status()).isEqualTo(400);
        }
        assertThat(here.clear().status()).isEqualTo(200);
        assertThat(here.clear().status()).isEqualTo(200);
        Caller admin = Caller.logIn(cluster.node("there").address(), "admin", "the same on all nodes");
        admin.put("/api/v1/admin/accounts/admin/roles/auditor", Map.of());
        String facts = admin.get("/api/v1/audit/events?limit=1000").json().toString();
        assertThat(facts).contains("ApplicationCleared", "\"phoenix\"", "SessionOpened", "SessionClosed", "SeatTaken");
    }

    @Test
    void withTheDatabaseDownEveryCallIsAnErrorInTimeAndAllGoOnByThemselves() {
        everyCallFailsInTimeWhile(cluster::stopPostgres, cluster::startPostgresAgain);
    }

    @Test
    void withTheAxonServerDownEveryCallIsAnErrorInTimeAndAllGoOnByThemselves() {
        everyCallFailsInTimeWhile(cluster::killAxonServer, cluster::startAxonServerAgain);
    }

    @Test
    void withElasticsearchDownPeopleTalkOnAndHistoryCatchesUpByItselfAndEndsComplete() {
        Caller alice = Caller.register(cluster.node("here").address(), "writer-" + UUID.randomUUID());
        Caller bob = Caller.register(cluster.node("there").address(), "reader-" + UUID.randomUUID());
        String direct = alice.startDirect(bob);
        String history = "/api/v1/conversations/" + direct + "/messages";
        alice.send(direct, "before the outage");
        cluster.killElasticsearch();
        Answer last = alice.send(direct, "down");
        try (ChatSocket socket = ChatSocket.open(bob, "laptop")) {
            for (int i = 0; i < 60; i++) {
                last = alice.send(direct, "during the outage " + i);
                socket.awaitMessage(last.text("id"));
            }
        }
        for (String path : List.of(history, "/api/v1/search?q=outage")) {
            long before = System.nanoTime();
            Answer refused = bob.get(path);
            assertThat(refused.status()).as(path).isEqualTo(503);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
        }
        assertThat(bob.get("/api/v1/conversations").status()).isEqualTo(200);

        cluster.startElasticsearchAgain();
        Answer found = bob.getAfter("/api/v1/search?q=outage", last.header("Parley-Position"));
        assertThat(found.json().path("total").asInt()).isEqualTo(61);
        Caller admin = Caller.logIn(cluster.node("there").address(), "admin", "the same on all nodes");
        Answer counts = admin.get("/api/v1/admin/conversations/" + direct + "/counts");
        for (String place : List.of("events", "stored", "indexed")) {
            assertThat(counts.json().path(place).asInt()).as(place).isEqualTo(62);
        }
    }

    private static void everyCallFailsInTimeWhile(Runnable stop, Runnable start) {
        String name = "patient-" + UUID.randomUUID();
        String token = LobbyClient.token(here.register(name, "p"));
        String another = LobbyClient.token(here.logIn(name, "p"));
        int game = here.created(token, "interrupted");
        stop.run();
        List<Supplier<Answer>> calls = List.of(
                () -> here.register("late-" + UUID.randomUUID(), "p"),
                () -> here.logIn(name, "p"),
                () -> here.list(token),
                () -> here.create(token, "never"),
                () -> here.join(token, "WHITE", game),
                () -> here.logOut(another),
                () -> here.clear());
        for (int round = 0; round < 2; round++) {
            for (int call = 0; call < calls.size(); call++) {
                long before = System.nanoTime();
                Answer answer = calls.get(call).get();
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                assertThat(answer.status())
                        .as("call %d: %s", call, answer.json())
                        .isEqualTo(500);
                assertThat(answer.text("message")).startsWith("Error: ");
                assertThat(took).as("call %d", call).isLessThan(BOUND);
            }
        }
        start.run();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> here.list(token).status() == 200
                        && there.create(token, "again").status() == 200);
        assertThat(here.logIn(name, "p").status()).isEqualTo(200);
        assertThat(here.register("after-" + UUID.randomUUID(), "p").status()).isEqualTo(200);
        assertThat(there.join(token, "WHITE", game).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(
                                here.listed(token, game).path("whiteUsername").asString())
                        .isEqualTo(name));
        assertThat(here.logOut(another).status()).isEqualTo(200);
        assertThat(there.logOut(token).status()).isEqualTo(200);
    }

    private static LobbyClient node(int number) {
        return number % 2 == 0 ? here : there;
    }
}
