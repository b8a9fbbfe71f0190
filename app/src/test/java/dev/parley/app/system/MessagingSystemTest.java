package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.notifications.testing.ApnsMock;
import dev.parley.notifications.testing.FcmStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The product as its users meet it, from two commands to a delivered, searchable, pushed message.
class MessagingSystemTest {

    @TempDir
    private static Path folder;

    private static ApnsMock apns;
    private static FcmStub fcm;
    private static Product product;
    private static int people;

    private Caller alice;
    private Caller bob;
    private Caller stranger;

    @BeforeAll
    static void start() {
        apns = ApnsMock.start(folder.resolve("apns"));
        fcm = FcmStub.start(folder.resolve("fcm"));
        product = Product.start(folder.resolve("data"), PushArguments.of(apns, fcm));
    }

    @AfterAll
    static void stop() {
        product.close();
        fcm.close();
        apns.close();
    }

    @BeforeEach
    void register() {
        people++;
        alice = Caller.register(product.address(), "alice" + people);
        bob = Caller.register(product.address(), "bob" + people);
        stranger = Caller.register(product.address(), "stranger" + people);
    }

    /// Whoever changes a route on purpose copies `app/target/openapi.yaml` to `docs/`.
    @Test
    void theHttpInterfaceIsTheOneThatIsDescribed() throws IOException {
        Answer described = Caller.nobody(product.address()).get("/v3/api-docs.yaml");
        Path actual = Files.writeString(
                Product.root().resolve("app/target/openapi.yaml"),
                described.response().body());

        assertThat(actual).hasSameTextualContentAs(Product.root().resolve("docs/openapi.yaml"));
    }

    @Test
    void peopleLogInAndTalkInDirectAndGroupConversationsThatStrangersDoNotSee() {
        Caller again = Caller.logIn(product.address(), alice.username(), Caller.PASSWORD);
        String direct = again.startDirect(bob);
        String group = alice.startGroup("Tea", bob);

        assertThat(bob.startDirect(alice))
                .as("a pair has one direct conversation")
                .isEqualTo(direct);
        assertThat(alice.send(direct, "hello").json().path("seq").asLong()).isEqualTo(1);
        assertThat(bob.send(group, "hi").status()).isEqualTo(201);
        for (String conversation : List.of(direct, group)) {
            assertThat(stranger.trySend(conversation, Caller.newMessageId(), "let me in")
                            .status())
                    .isEqualTo(403);
            assertThat(stranger.get("/api/v1/conversations/" + conversation).status())
                    .isIn(403, 404);
            assertThat(stranger.get("/api/v1/conversations/" + conversation + "/messages")
                            .status())
                    .isIn(403, 404);
        }
    }

    @Test
    void aMessageSentByRestAndOneSentByWebSocketAreFactsInTheStore() {
        String group = alice.startGroup("Facts", bob);
        String byRest = alice.send(group, "by REST").text("id");
        String bySocket = Caller.newMessageId();
        try (ChatSocket socket = ChatSocket.open(bob, "laptop")) {
            socket.send(Map.of("type", "send", "id", bySocket, "conversation", group, "body", "by WebSocket"));
            JsonNode accepted = socket.awaitFrame(frame -> ChatSocket.type(frame, "accepted"));
            assertThat(accepted.path("id").asString()).isEqualTo(bySocket);
            assertThat(accepted.path("seq").asLong()).isEqualTo(2);
            assertThat(Instant.parse(accepted.path("at").asString())).isBefore(Instant.now());
        }

        List<JsonNode> facts = facts(Auditors.one(product), group);
        assertThat(facts)
                .extracting(fact -> fact.path("type").asString())
                .containsExactly("ConversationStarted", "MessageSent", "MessageSent");
        assertThat(facts).extracting(fact -> fact.path("seq").asLong()).containsExactly(0L, 1L, 2L);
        assertThat(facts)
                .extracting(fact -> fact.at("/payload/message").asString())
                .containsExactly("", byRest, bySocket);
        assertThat(facts).allSatisfy(fact -> {
            assertThat(fact.path("position").isIntegralNumber()).isTrue();
            assertThat(Instant.parse(fact.path("at").asString())).isBeforeOrEqualTo(Instant.now());
        });
    }

    @Test
    void theSameMessageTwiceIsOneMessage() {
        String group = alice.startGroup("Twice", bob);
        String id = Caller.newMessageId();
        Answer first = alice.trySend(group, id, "once");

        assertThat(alice.trySend(group, id, "once").json()).isEqualTo(first.json());
        Answer other = alice.trySend(group, id, "something else");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("message-id-reused");
    }

    @Test
    void whoIsOnlineGetsItAndWhoComesBackGetsWhatWasMissedInOrderAndOnce() {
        String group = alice.startGroup("Order", bob);
        long position;
        try (ChatSocket laptop = ChatSocket.open(bob, "laptop")) {
            String online = alice.send(group, "you are there").text("id");
            position = laptop.awaitMessage(online).path("position").asLong();
            laptop.send(Map.of("type", "ack", "position", position));
        }
        List<String> missed = List.of("one", "two", "three", "four", "five").stream()
                .map(body -> alice.send(group, body).text("id"))
                .toList();

        try (ChatSocket laptop = ChatSocket.resume(bob, "laptop", position)) {
            assertThat(laptop.messages()).isEqualTo(missed);
            String live = alice.send(group, "six").text("id");
            laptop.awaitMessage(live);
            assertThat(laptop.messages()).hasSize(missed.size() + 1).doesNotHaveDuplicates();
        }
    }

    @Test
    void whoIsAwayIsRungOnTheirDevicesAndWhoIsOnlineIsNot() {
        String phone = "apns-" + people + "-" + "a".repeat(56);
        String tablet = "fcm-" + people;
        bob.put("/api/v1/devices/phone", Map.of("platform", "apns", "token", hex(phone)));
        bob.put("/api/v1/devices/tablet", Map.of("platform", "fcm", "token", tablet));
        alice.put("/api/v1/devices/phone", Map.of("platform", "fcm", "token", "sender-" + people));
        stranger.put("/api/v1/devices/laptop", Map.of("platform", "fcm", "token", "online-" + people));
        String group = alice.startGroup("Ring", bob, stranger);

        try (ChatSocket laptop = ChatSocket.open(stranger, "laptop")) {
            String id = alice.send(group, "ring ring").text("id");
            long position = laptop.awaitMessage(id).path("position").asLong();
            laptop.send(Map.of("type", "ack", "position", position));

            await().atMost(Duration.ofSeconds(20)).until(() -> Pushes.to(apns, hex(phone)) == 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> Pushes.to(fcm, tablet) == 1);
            // The late reader looks again ten seconds after the message.
            await().during(Duration.ofSeconds(13))
                    .atMost(Duration.ofSeconds(16))
                    .until(() -> Pushes.to(fcm, "online-" + people) == 0
                            && Pushes.to(fcm, "sender-" + people) == 0
                            && Pushes.to(apns, hex(phone)) == 1
                            && Pushes.to(fcm, tablet) == 1);
        }
    }

    @Test
    void searchFindsItForMembersOnly() {
        String group = alice.startGroup("Search", bob);
        String word = "zebra" + people;
        Answer sent = alice.send(group, "A " + word + " crossed the Straße, café open");
        String after = sent.header("Parley-Position");
        assertThat(after).isNotEmpty();

        Answer found = bob.getAfter("/api/v1/search?q=" + word, after);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json().at("/hits/0/id").asString()).isEqualTo(sent.text("id"));
        assertThat(found.json().at("/hits/0/conversation").asString()).isEqualTo(group);
        assertThat(bob.get("/api/v1/search?q=" + word + "%20cafe")
                        .json()
                        .path("hits")
                        .size())
                .isEqualTo(1);
        assertThat(stranger.get("/api/v1/search?q=" + word).json().path("hits").size())
                .isZero();
    }

    @Test
    void historyAndInboxShowWhatWasSaid() {
        String group = alice.startGroup("History", bob);
        alice.send(group, "first");
        Answer last = alice.send(group, "second");
        String after = last.header("Parley-Position");

        Answer history = bob.getAfter("/api/v1/conversations/" + group + "/messages", after);
        assertThat(StreamSupport.stream(history.json().path("messages").spliterator(), false)
                        .map(message -> message.path("body").asString()))
                .containsExactly("second", "first");
        Answer inbox = bob.getAfter("/api/v1/conversations", after);
        assertThat(inbox.json().at("/conversations/0/id").asString()).isEqualTo(group);
        assertThat(inbox.json().at("/conversations/0/unread").asInt()).isEqualTo(2);
        assertThat(inbox.json().at("/conversations/0/lastMessage/body").asString())
                .isEqualTo("second");
    }

    @Test
    void theFactsAreForAuditorsOnly() {
        assertThat(Caller.nobody(product.address()).get("/api/v1/audit/events").status())
                .isEqualTo(401);
        assertThat(alice.get("/api/v1/audit/events").status()).isEqualTo(403);
        assertThat(Auditors.admin(product).get("/api/v1/audit/events").status()).isEqualTo(403);
        assertThat(Auditors.one(product).get("/api/v1/audit/events").status()).isEqualTo(200);
    }

    @Test
    void checkpointsAreSignedByTheKeyInTheDataFolder() throws IOException {
        assertThat(alice.get("/api/v1/audit/checkpoints").status()).isEqualTo(403);
        Caller auditor = Auditors.one(product);
        assertThat(auditor.get("/api/v1/audit/checkpoints").status()).isEqualTo(200);
        assertThat(auditor.get("/api/v1/audit/keys")
                        .json()
                        .at("/keys/0/publicKey")
                        .asString())
                .isEqualTo(Files.readString(product.data().resolve("audit-public-key.pem")));
    }

    private static List<JsonNode> facts(Caller auditor, String conversation) {
        JsonNode events = auditor.get("/api/v1/audit/events?limit=1000&conversation=" + conversation)
                .json()
                .path("events");
        return StreamSupport.stream(events.spliterator(), false).toList();
    }

    /// An APNs device token is hexadecimal.
    private static String hex(String name) {
        return String.format("%064x", name.hashCode() & 0xffffffffL);
    }
}
