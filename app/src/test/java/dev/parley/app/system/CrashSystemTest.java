package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.notifications.testing.ApnsMock;
import dev.parley.notifications.testing.FcmStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What was acknowledged survives whatever happens to the processes: one after the other to the same product.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashSystemTest {

    private Path folder;
    private ApnsMock apns;
    private FcmStub fcm;
    private Product product;
    private final List<ProcessHandle> everStarted = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        apns = ApnsMock.start(folder.resolve("apns"));
        fcm = FcmStub.start(folder.resolve("fcm"));
        startProduct();
    }

    @AfterAll
    void stop() {
        product.close();
        fcm.close();
        apns.close();
        assertThat(everStarted).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void killNineOfTheWholeTreeRightAfterAnAcknowledgementLosesNothingAndRingsNobodyTwice() {
        Caller alice = Caller.register(product.address(), "alice");
        Caller bob = Caller.register(product.address(), "bob");
        Caller carol = Caller.register(product.address(), "carol");
        String token = "%064x".formatted(77);
        carol.put("/api/v1/devices/phone", Map.of("platform", "apns", "token", token));
        String group = alice.startGroup("Crash", bob, carol);
        Caller auditor = Auditors.one(product);
        long position;
        try (ChatSocket laptop = ChatSocket.open(bob, "laptop")) {
            String seen = alice.send(group, "before the crash").text("id");
            position = laptop.awaitMessage(seen).path("position").asLong();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> Pushes.to(apns, token) == 1);
        LobbyClient lobby = new LobbyClient(product.address());
        String player = lobby.newcomer();
        String loggedOut = lobby.newcomer();
        lobby.logOut(loggedOut);
        int game = lobby.created(player, "survivor");
        lobby.join(player, "WHITE", game);
        String lastWord = alice.send(group, "quokka").text("id");
        product.killTree();
        startProduct();

        LobbyClient lobbyAgain = new LobbyClient(product.address());
        assertThat(lobbyAgain.listed(player, game).path("whiteUsername").asString())
                .startsWith("newcomer-");
        assertThat(lobbyAgain.join(player, "WHITE", game).status()).isEqualTo(403);
        assertThat(lobbyAgain.join(player, "BLACK", game).status()).isEqualTo(200);
        assertThat(lobbyAgain.list(loggedOut).status()).isEqualTo(401);
        Caller bobAgain = bob.at(product.address());
        try (ChatSocket laptop = ChatSocket.resume(bobAgain, "laptop", position)) {
            assertThat(laptop.messages()).containsExactly(lastWord);
        }
        Answer next = alice.at(product.address()).send(group, "after the crash");
        assertThat(next.json().path("seq").asLong()).isEqualTo(3);
        String after = next.header("Parley-Position");
        JsonNode history = bobAgain.getAfter("/api/v1/conversations/" + group + "/messages", after)
                .json();
        assertThat(bodies(history)).containsExactly("after the crash", "quokka", "before the crash");
        assertThat(bobAgain.getAfter("/api/v1/search?q=quokka", after)
                        .json()
                        .at("/hits/0/id")
                        .asString())
                .isEqualTo(lastWord);
        await().atMost(Duration.ofSeconds(30)).until(() -> Pushes.distinct(apns, token) == 3);
        await().during(Duration.ofSeconds(13))
                .atMost(Duration.ofSeconds(16))
                .until(() -> Pushes.to(apns, token) == 3 && Pushes.distinct(apns, token) == 3);
        assertThat(types(auditor.at(product.address()), group))
                .containsExactly("ConversationStarted", "MessageSent", "MessageSent", "MessageSent");
    }

    @Test
    void killNineOfTheJavaProcessAloneLeavesServersThatTheNextStartTakesCareOf() {
        Caller alice = Caller.register(product.address(), "ann");
        Caller bob = Caller.register(product.address(), "ben");
        String direct = alice.startDirect(bob);
        alice.send(direct, "still here");
        List<ProcessHandle> left = product.killJavaAlone();
        assertThat(left).anyMatch(ProcessHandle::isAlive);
        startProduct();

        Answer next = alice.at(product.address()).send(direct, "and here");
        assertThat(bodies(bob.at(product.address())
                        .getAfter("/api/v1/conversations/" + direct + "/messages", next.header("Parley-Position"))
                        .json()))
                .containsExactly("and here", "still here");
    }

    @Test
    void controlCStopsAllOfItAndLosesNothing() {
        Caller alice = Caller.register(product.address(), "amy");
        Caller bob = Caller.register(product.address(), "bert");
        String direct = alice.startDirect(bob);
        try (ChatSocket laptop = ChatSocket.open(bob, "laptop")) {
            laptop.awaitMessage(alice.send(direct, "good night").text("id"));
            List<ProcessHandle> tree = product.tree();
            assertThat(tree).as("PostgreSQL and Elasticsearch are in the tree").hasSizeGreaterThan(3);

            assertThat(product.interrupt()).isIn(0, 130);
            assertThat(tree).noneMatch(ProcessHandle::isAlive);
            laptop.awaitFrame(frame -> ChatSocket.type(frame, "goaway"));
            assertThat(laptop.awaitClose()).isBetween(4000, 4499);
        }
        startProduct();

        Answer inbox = bob.at(product.address()).get("/api/v1/conversations");
        assertThat(inbox.json().at("/conversations/0/lastMessage/body").asString())
                .isEqualTo("good night");
    }

    private void startProduct() {
        product = Product.start(folder.resolve("data"), PushArguments.of(apns, fcm));
        everStarted.addAll(product.tree());
    }

    private static List<String> bodies(JsonNode history) {
        return StreamSupport.stream(history.path("messages").spliterator(), false)
                .map(message -> message.path("body").asString())
                .toList();
    }

    private static List<String> types(Caller auditor, String conversation) {
        return StreamSupport.stream(
                        auditor.get("/api/v1/audit/events?conversation=" + conversation)
                                .json()
                                .path("events")
                                .spliterator(),
                        false)
                .map(event -> event.path("type").asString())
                .toList();
    }
}
