package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.member.MemberCommand;
import dev.parley.messages.member.MemberCommand.MarkDelivered;
import dev.parley.messages.member.MemberCommand.MarkRead;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.MemberSideStandIn;
import dev.parley.testing.TestClient;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What clients ask for beside sending, and receipts.
class RequestsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ServletWebServerApplicationContext app;
    private static CommandSideStandIn side;
    private static MemberSideStandIn members;

    @BeforeAll
    static void start() {
        app = GatewayIT.run();
        side = app.getBean(CommandSideStandIn.class);
        members = app.getBean(MemberSideStandIn.class);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    /// Connected at the head of the log, and live.
    private static TestClient client(String name, String device) {
        long head = app.getBean(EventStore.class).createHeadToken().position().orElse(-1);
        TestClient client =
                TestClient.connect(HTTP, app.getWebServer().getPort()).hello(name, device, head);
        client.untilCaughtUp();
        return client;
    }

    private static MessageId id() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
    }

    /// The next event of this name; others are passed over.
    private static JsonNode event(TestClient client, String name) {
        JsonNode frame = client.next();
        while (!frame.path("event").asString("").equals(name)) {
            frame = client.next();
        }
        return frame;
    }

    /// The next answer to a request; events are passed over.
    private static JsonNode answer(TestClient client, MessageId request) {
        JsonNode frame = client.next();
        while (!frame.path("id").asString("").equals(request.toString())) {
            frame = client.next();
        }
        return frame;
    }

    private static void assertAccepted(JsonNode answer, long seq) {
        assertThat(answer.get("type").stringValue()).as(answer.toString()).isEqualTo("accepted");
        assertThat(answer.get("seq").longValue()).isEqualTo(seq);
        assertThat(answer.get("at").stringValue()).endsWith("Z");
    }

    @Test
    void changesAreAnsweredAndReachTheOthersAndTheOwnOtherDevice() {
        AccountId ann = side.account("ann");
        AccountId bob = side.account("bob");
        ConversationId tea = side.start(ann, bob);
        try (TestClient phone = client("ann", "phone");
                TestClient laptop = client("ann", "laptop");
                TestClient bobs = client("bob", "phone")) {
            MessageId message = id();
            phone.say(
                    "{'type':'send','id':'%s','conversation':'%s','body':'Look','replyTo':'%s','mentions':['%s'],"
                            + "'attachments':[{'name':'a.png','mediaType':'image/png','size':5,'sha256':'%s',"
                            + "'uri':'https://files.example/a'}]}",
                    message, tea, id(), bob, "0a".repeat(32));
            assertAccepted(answer(phone, message), 1);
            MessageId edit = id();
            phone.say(
                    "{'type':'edit','id':'%s','conversation':'%s','message':'%s','body':'Look!'}", edit, tea, message);
            assertAccepted(answer(phone, edit), 2);
            MessageId react = id();
            phone.say(
                    "{'type':'react','id':'%s','conversation':'%s','message':'%s','reaction':'👍'}",
                    react, tea, message);
            assertAccepted(answer(phone, react), 3);
            MessageId unreact = id();
            phone.say(
                    "{'type':'unreact','id':'%s','conversation':'%s','message':'%s','reaction':'👍'}",
                    unreact, tea, message);
            assertAccepted(answer(phone, unreact), 4);
            MessageId delete = id();
            phone.say("{'type':'delete','id':'%s','conversation':'%s','message':'%s','seq':1}", delete, tea, message);
            assertAccepted(answer(phone, delete), 5);
            for (TestClient other : List.of(laptop, bobs)) {
                JsonNode data = event(other, "message").get("data");
                assertThat(data.get("mentions").get(0).stringValue()).isEqualTo(bob.toString());
                assertThat(data.get("attachments").get(0).get("size").longValue())
                        .isEqualTo(5);
                assertThat(event(other, "message-edited")
                                .get("data")
                                .get("edit")
                                .stringValue())
                        .isEqualTo(edit.toString());
                assertThat(event(other, "reaction-added")
                                .get("data")
                                .get("messageSeq")
                                .longValue())
                        .isEqualTo(1);
                event(other, "reaction-removed");
                assertThat(event(other, "message-deleted").get("seq").longValue())
                        .isEqualTo(5);
            }
        }
    }

    @Test
    void requestsToOneConversationKeepTheirOrderThroughConflicts() {
        AccountId cleo = side.account("cleo");
        ConversationId talk = side.start(cleo);
        try (TestClient client = client("cleo", "phone")) {
            side.conflicts.set(3);
            MessageId message = id();
            client.say("{'type':'send','id':'%s','conversation':'%s','body':'a'}", message, talk);
            client.say(
                    "{'type':'react','id':'%s','conversation':'%s','message':'%s','reaction':'x'}", id(), talk, id());
            client.say("{'type':'edit','id':'%s','conversation':'%s','message':'%s','body':'b'}", id(), talk, message);
            client.say(
                    "{'type':'react','id':'%s','conversation':'%s','message':'%s','reaction':'y'}",
                    id(), talk, message);
            client.say("{'type':'delete','id':'%s','conversation':'%s','message':'%s'}", id(), talk, message);
            List<String> answers = new ArrayList<>();
            while (answers.size() < 5) {
                JsonNode frame = client.next();
                if (frame.has("id")) {
                    answers.add(frame.path("seq").asString(frame.path("code").asString("")));
                }
            }
            assertThat(answers).containsExactly("1", "not-found", "2", "3", "4");
        }
    }

    @Test
    void hundredReadsWithinASecondAreAllAnsweredAndMakeTwoCommands() {
        AccountId dan = side.account("dan");
        AccountId eve = side.account("eve");
        ConversationId talk = side.start(dan, eve);
        try (TestClient client = client("dan", "phone")) {
            for (int seq = 0; seq < 100; seq++) {
                client.say("{'type':'read','id':'%s','conversation':'%s','seq':%d}", id(), talk, seq);
            }
            List<Long> seqs = new ArrayList<>();
            while (seqs.size() < 100) {
                JsonNode frame = client.next();
                if (frame.get("type").stringValue().equals("accepted")) {
                    seqs.add(frame.get("seq").longValue());
                }
            }
            assertThat(seqs)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 100).boxed().toList());
            List<MemberCommand> commands = members.commands(talk, dan);
            assertThat(commands).hasSizeLessThanOrEqualTo(2);
            assertThat(commands.getLast()).isInstanceOfSatisfying(MarkRead.class, read -> {
                assertThat(read.seq()).isEqualTo(99);
                assertThat(read.shared()).isTrue();
            });
            MessageId back = id();
            client.say("{'type':'read','id':'%s','conversation':'%s','seq':3}", back, talk);
            assertAccepted(answer(client, back), 3);
            assertThat(members.commands(talk, dan)).hasSameSizeAs(commands);
        }
    }

    @Test
    void strangerCannotMarkAsRead() {
        AccountId finn = side.account("finn");
        side.account("gus");
        ConversationId talk = side.start(finn);
        try (TestClient client = client("gus", "phone")) {
            MessageId read = id();
            client.say("{'type':'read','id':'%s','conversation':'%s','seq':0}", read, talk);
            assertThat(answer(client, read).get("code").stringValue()).isEqualTo("not-a-member");
        }
    }

    @Test
    void acknowledgedMessagesOfOthersAreMarkedOnceForAllDevices() {
        AccountId hal = side.account("hal");
        AccountId ida = side.account("ida");
        ConversationId talk = side.start(hal, ida);
        ConversationId later = side.start(hal, ida);
        long from = app.getBean(EventStore.class).createHeadToken().position().orElseThrow();
        try (TestClient hals = client("hal", "phone");
                TestClient phone = client("ida", "phone")) {
            for (int i = 0; i < 20; i++) {
                side.say(talk, hal, "m" + i);
                hals.ack(event(hals, "message").get("position").longValue());
                phone.ack(event(phone, "message").get("position").longValue());
            }
            await().until(() -> delivered(talk, ida).contains(20L));
            List<Long> marked = delivered(talk, ida);
            assertThat(marked).hasSizeLessThanOrEqualTo(3).isSorted();
            try (TestClient tablet =
                    TestClient.connect(HTTP, app.getWebServer().getPort()).hello("ida", "tablet", from)) {
                tablet.untilCaughtUp();
                side.say(later, hal, "again");
                tablet.ack(event(tablet, "message").get("position").longValue());
                await().until(() -> delivered(later, ida).contains(1L));
            }
            assertThat(delivered(talk, ida)).isEqualTo(marked);
            assertThat(members.commands(talk, hal)).isEmpty();
        }
    }

    @Test
    void largeConversationsTellNobodyWhatOthersReceivedAndRead() {
        AccountId jan = side.account("jan");
        AccountId kim = side.account("kim");
        ConversationId small = side.start(jan, kim);
        ConversationId large = side.start(Stream.concat(
                        Stream.of(jan, kim),
                        Stream.generate(() -> new AccountId(UUID.randomUUID())).limit(99))
                .toArray(AccountId[]::new));
        await().until(() -> app.getBean(JdbcClient.class)
                .sql("select count(*) = 101 from delivery.membership where conversation = ?")
                .param(large.value())
                .query(Boolean.class)
                .single());
        try (TestClient client = client("kim", "phone")) {
            side.say(large, jan, "to all");
            side.say(small, jan, "to you");
            event(client, "message");
            client.ack(event(client, "message").get("position").longValue());
            MessageId read = id();
            client.say("{'type':'read','id':'%s','conversation':'%s','seq':1}", read, large);
            assertAccepted(answer(client, read), 1);
            await().until(() -> delivered(small, kim).contains(1L));
            assertThat(members.commands(large, kim))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MarkRead.class, it -> assertThat(it.shared()).isFalse());
        }
    }

    private static List<Long> delivered(ConversationId conversation, AccountId account) {
        return members.commands(conversation, account).stream()
                .filter(MarkDelivered.class::isInstance)
                .map(command -> ((MarkDelivered) command).seq())
                .toList();
    }
}
