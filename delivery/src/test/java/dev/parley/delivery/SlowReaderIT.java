package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.RawClient;
import dev.parley.testing.TestClient;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/// Devices that do not read, with TCP's window full.
class SlowReaderIT {

    private static final ServletWebServerApplicationContext APP =
            GatewayIT.run("--parley.delivery.ring.size=1MB", "--parley.delivery.socket.limits.per-account=100");
    private static final CommandSideStandIn SIDE = APP.getBean(CommandSideStandIn.class);
    private static final int PORT = APP.getWebServer().getPort();
    private static final int MESSAGES = 400;
    private static final int STALLED = 40;
    private static final String BIG = "x".repeat(16_000);
    /// The frame it is writing, the container's buffers, a parked thread and the session.
    private static final long MOST_BYTES = 100_000;

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
        try (TestClient healthy = TestClient.connect(HttpClient.newHttpClient(), PORT)) {
            healthy.hello("ann", "phone", from).untilCaughtUp();
            long slowest = 0;
            for (int i = 0; i < MESSAGES; i++) {
                long start = System.nanoTime();
                SIDE.say(talk, ann, BIG);
                healthy.ack(healthy.next("event").get("position").longValue());
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
            assertThat(slowest).as("nobody waits for them").isLessThan(5_000_000_000L);

            RawClient slow = stalled.removeFirst();
            long with = heap();
            stalled.forEach(RawClient::close);
            await().until(() -> openSockets() == 2);
            long each = (with - heap()) / stalled.size();
            System.out.printf(
                    "A stalled device: %,d bytes of heap; slowest event of a healthy one: %,d us%n",
                    each, slowest / 1000);
            assertThat(each).as("bytes a stalled device costs").isLessThan(MOST_BYTES);

            assertThat(everything(slow))
                    .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        } finally {
            stalled.forEach(RawClient::close);
        }
    }

    private static double openSockets() {
        return APP.getBean(io.micrometer.core.instrument.MeterRegistry.class)
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
