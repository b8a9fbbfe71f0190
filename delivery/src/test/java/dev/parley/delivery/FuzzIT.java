package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.DescribedFrames;
import dev.parley.testing.FrameMutator;
import dev.parley.testing.TestClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/// Hostile clients send 100,000 bad frames: each is answered or ends its socket with a documented code, and nobody else
/// notices. `-Dseed=` replays a run, but for its timing.
class FuzzIT {

    private static final int FRAMES = 100_000;
    private static final int ATTACKERS = 4;
    /// Frames between two looks at whether the server still answers: more answers would wait than it keeps.
    private static final int ROUND = 100;

    /// As the product sets it.
    private static final String REFUSALS_ARE_ANSWERS =
            "--logging.level.org.axonframework.commandhandling.gateway.DefaultCommandGateway=error";

    private static final Executor THREADS = Thread::startVirtualThread;
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void badFramesHarmNobody() throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        try (ServletWebServerApplicationContext app = GatewayIT.run(REFUSALS_ARE_ANSWERS)) {
            int port = app.getWebServer().getPort();
            CommandSideStandIn side = app.getBean(CommandSideStandIn.class);
            AccountId neighbour = side.account("neighbour");
            ConversationId street = side.start(neighbour);
            TestClient quiet = TestClient.connect(http, port).hello("neighbour", "phone", -1);
            quiet.untilCaughtUp();
            logged.start();
            ROOT.addAppender(logged);

            List<CompletableFuture<Void>> attackers = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                String name = "attacker" + i;
                side.account(name);
                FrameMutator frames = new FrameMutator(seed + i, examples());
                attackers.add(CompletableFuture.runAsync(() -> attack(http, port, name, frames), THREADS));
            }
            int said = 0;
            while (!attackers.stream().allMatch(CompletableFuture::isDone)) {
                side.say(street, neighbour, "all quiet " + said);
                JsonNode event = quiet.next("event");
                assertThat(event.path("data").path("body").asString()).isEqualTo("all quiet " + said);
                quiet.ack(event.path("position").longValue());
                said++;
            }
            ROOT.detachAppender(logged);
            attackers.forEach(CompletableFuture::join);

            assertThat(said).isPositive();
            assertThat(closed).as("sockets that were closed, seed %d", seed).hasPositiveValue();
            assertThat(logged.list)
                    .filteredOn(event -> event.getThrowableProxy() != null
                            || event.getLevel().isGreaterOrEqual(Level.ERROR))
                    .extracting(event -> event.getMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    .as("seed %d", seed)
                    .isEmpty();
            MeterRegistry meters = app.getBean(MeterRegistry.class);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(meters.get("parley.delivery.sockets").gauge().value())
                        .isEqualTo(1);
                assertThat(meters.get("parley.delivery.accounts").gauge().value())
                        .isEqualTo(1);
            });
            assertThat(quiet.isOpen()).isTrue();
            quiet.close();
        } finally {
            http.shutdownNow();
        }
    }

    private void attack(HttpClient http, int port, String name, FrameMutator frames) {
        Random random = new Random(seed);
        AtomicInteger left = new AtomicInteger(FRAMES / ATTACKERS);
        while (left.get() > 0) {
            try (TestClient socket = TestClient.connect(http, port)) {
                boolean refused = false;
                try {
                    if (random.nextInt(4) > 0) {
                        socket.hello(name, "device", -1);
                    }
                    say(socket, frames, random, left);
                } catch (CompletionException closedWhileSending) {
                    refused = true;
                }
                if (refused || !socket.isOpen()) {
                    closed.incrementAndGet();
                    assertThat(socket.closeCode()).isIn(DESCRIBED_CODES);
                }
            }
        }
    }

    /// Until the socket is closed, or enough is said.
    private static void say(TestClient socket, FrameMutator frames, Random random, AtomicInteger left) {
        while (left.get() > 0 && socket.isOpen()) {
            socket.sayRaw(random.nextInt(100) == 0 ? frames.text() : frames.object());
            if (left.decrementAndGet() % ROUND == 0) {
                socket.awaitPongOrClose();
            }
        }
    }

    private static final List<Integer> DESCRIBED_CODES = DescribedFrames.api()
            .path("x-close-codes")
            .propertyStream()
            .map(code -> Integer.valueOf(code.getKey()))
            .toList();

    /// Good frames of every type, few of which would end the socket or change what it is.
    private static List<JsonNode> examples() {
        List<JsonNode> examples = new ArrayList<>();
        for (JsonNode message : DescribedFrames.api().at("/operations/clientSays/messages")) {
            String name = message.path("$ref").asString().replaceAll(".*/", "");
            JsonNode example = DescribedFrames.api().at("/components/messages/" + name + "/examples/0/payload");
            if (!name.equals("hello") && !name.equals("reauth")) {
                examples.add(example);
            }
        }
        return examples;
    }
}
