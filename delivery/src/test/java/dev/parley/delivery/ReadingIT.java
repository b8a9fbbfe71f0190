package dev.parley.delivery;

import static dev.parley.testing.CommandSideStandIn.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.delivery.deletion.DeletionStore;
import dev.parley.delivery.membership.MembershipStore;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.RawClient;
import dev.parley.testing.TestClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/// What devices get to read: slow ones everything, none what was deleted, each the receipts that are for it.
class ReadingIT {

    private static final ServletWebServerApplicationContext APP =
            GatewayIT.run("--parley.delivery.ring.size=1MB", "--parley.delivery.socket.limits.per-account=100");
    private static final CommandSideStandIn SIDE = APP.getBean(CommandSideStandIn.class);
    private static final int PORT = APP.getWebServer().getPort();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MESSAGES = 120;
    private static final int STALLED = 40;
    private static final String BIG = "x".repeat(16_000);
    /// The frame of 16 KB it is writing, the container's buffers, a parked thread and the session.
    private static final long MOST_BYTES = 48_000;

    @AfterAll
    static void stop() {
        APP.close();
    }

    private static long head() {
        return APP.getBean(EventStore.class).createHeadToken().position().orElseThrow();
    }

    /// What is reachable on the heap, in bytes.
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    void stalledDeviceCostsLittleDelaysNobodyAndGetsEverythingLater() {
        AccountId ann = SIDE.account("ann");
        SIDE.account("bob");
        ConversationId talk = SIDE.start(ann, SIDE.account("bob"));
        long from = head();
        List<RawClient> stalled = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            RawClient client = new RawClient(PORT);
            client.say("{'type':'hello','token':'bob','device':'d%d','position':%d,'window':1024}", i, from);
            stalled.add(client);
        }
        try (TestClient healthy = TestClient.connect(HTTP, PORT)) {
            healthy.hello("ann", "phone", from).untilCaughtUp();
            long slowest = 0;
            for (int i = 0; i < MESSAGES; i++) {
                long start = System.nanoTime();
                SIDE.say(talk, ann, BIG);
                healthy.ack(healthy.next("event").get("position").longValue());
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
            assertThat(slowest).as("nobody waits for them").isLessThan(5_000_000_000L);

            double sent = sent();
            assertThat(sent).as("they are stalled").isLessThan(MESSAGES + STALLED * 50.0);

            RawClient slow = stalled.removeFirst();
            long with = heap();
            stalled.forEach(RawClient::close);
            await().until(() -> openSockets() == 2);
            long each = (with - heap()) / stalled.size();
            System.out.printf(
                    "A stalled device: %,d bytes of heap, %.0f events of 16 KB on the way; slowest event of a healthy one: %,d us%n",
                    each, (sent - MESSAGES) / STALLED, slowest / 1000);
            assertThat(each).as("bytes a stalled device costs").isLessThan(MOST_BYTES);

            assertThat(everything(slow))
                    .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        } finally {
            stalled.forEach(RawClient::close);
        }
    }

    private static void publish(ConversationEvent fact, long seq) {
        APP.getBean(EventStore.class)
                .publish(new GenericDomainEventMessage<>(
                        "Conversation", fact.conversation().toString(), seq, fact));
    }

    private static void publish(MemberEvent fact, long seq) {
        APP.getBean(EventStore.class)
                .publish(new GenericDomainEventMessage<>(
                        "Member", new MemberId(fact.conversation(), fact.account()).toString(), seq, fact));
    }

    private static List<String> caughtUp(String name, String device, long from) {
        try (TestClient client = TestClient.connect(HTTP, PORT).hello(name, device, from)) {
            List<String> frames = new ArrayList<>();
            JsonNode frame = client.next();
            while (!frame.get("type").stringValue().equals("caught_up")) {
                frames.add(frame.toString());
                client.ack(frame.get("position").longValue());
                frame = client.next();
            }
            return frames;
        }
    }

    @Test
    void deletedMessageIsShownToNobodyAgain() {
        AccountId carl = SIDE.account("carl");
        ConversationId talk = SIDE.start(carl);
        long from = head();
        MessageId id = MessageId.at(1, new UUID(7, 7));
        try (TestClient live = TestClient.connect(HTTP, PORT).hello("carl", "live", from)) {
            live.next("caught_up");
            publish(new MessageSent(talk, id, carl, "a secret", AT), 1);
            publish(
                    new MessageEdited(talk, id, 1, MessageId.at(1, new UUID(8, 8)), carl, "a secret", List.of(), AT),
                    2);
            publish(new MessageDeleted(talk, id, 1, carl, carl, AT), 3);
            assertThat(live.next("event").toString()).contains("a secret");
            live.next("event");
            assertThat(live.next("event").get("event").stringValue()).isEqualTo("message-deleted");
        }
        List<String> fromRing = caughtUp("carl", "ring", from);
        assertThat(fromRing).hasSize(3).noneMatch(frame -> frame.contains("secret"));
        assertThat(fromRing.get(0)).contains("\"deleted\":true").contains(id.toString());
        assertThat(fromRing.get(1)).contains("\"deleted\":true").contains("message-edited");
        for (int i = 0; i < 70; i++) {
            publish(new MessageSent(talk, MessageId.at(1, UUID.randomUUID()), carl, BIG, AT), 4 + i);
        }
        assertThat(caughtUp("carl", "store", from).subList(0, 3)).isEqualTo(fromRing);
        await().until(() -> APP.getBean(MembershipStore.class).position() >= head());
        assertThat(APP.getBean(DeletionStore.class).deleted(talk, 0, 10)).isEqualTo(BitSet.valueOf(new long[] {2}));
    }

    @Test
    void receiptsReachWhomTheyAreFor() {
        AccountId dora = SIDE.account("dora");
        AccountId emil = SIDE.account("emil");
        ConversationId talk = SIDE.start(dora, emil);
        long from = head();
        try (TestClient doras = TestClient.connect(HTTP, PORT).hello("dora", "live", from);
                TestClient emils = TestClient.connect(HTTP, PORT).hello("emil", "live", from)) {
            doras.next("caught_up");
            emils.next("caught_up");
            publish(new MessagesDelivered(talk, emil, 0, AT), 0);
            publish(new MessagesRead(talk, emil, 0, true, AT), 1);
            publish(new MessagesRead(talk, emil, 1, false, AT), 2);
            publish(new ConversationMuted(talk, emil, AT, AT), 3);
            publish(new ConversationUnmuted(talk, emil, AT), 4);
            SIDE.say(talk, dora, "end");
            assertThat(untilMessage(doras)).containsExactly("delivered", "read", "message");
            assertThat(untilMessage(emils)).containsExactly("read", "read", "muted", "unmuted", "message");
        }
        List<String> later = caughtUp("dora", "later", from);
        assertThat(later).hasSize(3);
        assertThat(later.get(0)).doesNotContain("\"seq\"").contains("{\"account\":\"" + emil + "\",\"upTo\":0}");
        assertThat(caughtUp("emil", "later", from)).hasSize(5);
    }

    private static List<String> untilMessage(TestClient client) {
        List<String> events = new ArrayList<>();
        while (!events.contains("message")) {
            events.add(client.next("event").get("event").stringValue());
        }
        return events;
    }

    private static double sent() {
        return APP.getBean(MeterRegistry.class)
                .get("parley.delivery.events.sent")
                .counter()
                .count();
    }

    private static double openSockets() {
        return APP.getBean(MeterRegistry.class)
                .get("parley.delivery.sockets")
                .gauge()
                .value();
    }

    private static List<Long> everything(RawClient client) {
        List<Long> seqs = new ArrayList<>();
        while (seqs.size() < MESSAGES) {
            JsonNode frame = client.next();
            if (frame.get("type").stringValue().equals("event")) {
                seqs.add(frame.get("seq").longValue());
                client.say("{'type':'ack','position':%d}", frame.get("position").longValue());
            }
        }
        client.close();
        return seqs;
    }
}
