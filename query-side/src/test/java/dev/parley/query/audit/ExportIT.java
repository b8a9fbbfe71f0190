package dev.parley.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import dev.parley.testing.TestApp;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Exports over HTTP as it is: with sockets that fill up, and servers that stop.
class ExportIT extends Running {

    private static final JsonMapper JSON = new JsonMapper();
    private static ConfigurableApplicationContext server;

    private final AccountId alice = new AccountId(UUID.randomUUID());
    private final AccountId bob = new AccountId(UUID.randomUUID());

    @BeforeAll
    static void starts() {
        server = start("exports");
    }

    @AfterAll
    static void stops() {
        server.close();
    }

    private static ConfigurableApplicationContext start(String name) {
        Map<String, Object> properties = new HashMap<>(properties());
        properties.put("axon.axonserver.client-id", name);
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", 0);
        properties.put("server.shutdown", "graceful");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("parley.query-side.audit-streams", 2);
        return new SpringApplicationBuilder(TestApp.class)
                .properties(properties)
                .run();
    }

    @Test
    void everyFactIsALineAndTheLastLineSaysThatItIsComplete() throws IOException {
        Room room = Room.of(store, alice);
        MessageId message = room.say(alice, "Grüße \"👋\"");
        room.edit(alice, message, "as it is");
        room.read(alice, 1, true);
        long head = head();

        List<JsonNode> lines = export("conversation=" + room.id);
        assertThat(types(lines)).containsExactly("ConversationStarted", "MessageSent", "MessageEdited", "MessagesRead");
        assertThat(lines.get(1).at("/payload/body").asString()).isEqualTo("Grüße \"👋\"");
        assertThat(lines.getLast().at("/end").asString()).isEqualTo("complete");
        assertThat(lines.getLast().at("/position").asLong()).isEqualTo(head);
    }

    @Test
    void goesOnAfterThePositionOfALine() throws IOException {
        Room room = Room.of(store, alice);
        room.say(alice, "one");
        room.say(alice, "two");
        List<JsonNode> all = export("conversation=" + room.id);
        long first = all.getFirst().at("/position").asLong();
        long second = all.get(1).at("/position").asLong();

        assertThat(export("conversation=%s&after=%d".formatted(room.id, first))).isEqualTo(all.subList(1, all.size()));
        assertThat(types(export("conversation=%s&from=%d&to=%d".formatted(room.id, second, second))))
                .containsExactly("MessageSent");
        assertThat(export("after=" + (head() + 1_000)).getLast().at("/end").asString())
                .isEqualTo("complete");
    }

    @Test
    void showsWhatAnAccountDidAndWhatIsAboutIt() throws IOException {
        Room room = Room.of(store, alice, bob);
        room.say(alice, "of bob, whose id is " + bob);
        MessageId message = room.say(bob, "by bob");
        room.edit(alice, message, "mentions bob", bob);
        room.react(alice, message, "+1");
        room.read(bob, 1, true);
        AccountId carol = new AccountId(UUID.randomUUID());
        room.add(carol);

        assertThat(types(export("account=" + bob)))
                .containsExactly("ConversationStarted", "MessageSent", "MessageEdited", "MessagesRead");
        assertThat(types(export("account=" + carol))).containsExactly("MemberAdded");
        assertThat(types(export("account=%s&type=MessageSent&type=MessagesRead".formatted(bob))))
                .containsExactly("MessageSent", "MessagesRead");
    }

    @Test
    void showsWhatWasStoredInATime() throws IOException {
        Room room = Room.of(store, alice);
        Instant since = tick();
        room.say(alice, "within");
        Instant until = tick();
        room.say(alice, "after");

        List<JsonNode> lines = export("conversation=%s&since=%s&until=%s".formatted(room.id, since, until));
        assertThat(types(lines)).containsExactly("MessageSent");
        assertThat(lines.getFirst().at("/payload/body").asString()).isEqualTo("within");
        assertThat(types(export("conversation=%s&since=2200-01-01T00:00:00Z".formatted(room.id))))
                .isEmpty();
    }

    private static Instant tick() {
        Instant now = Room.now().plusMillis(1);
        await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(now));
        return now;
    }

    @Test
    void followsWhatIsStoredLater() throws IOException {
        Room room = Room.of(store, alice);
        try (Reader reader = new Reader(server, "follow=true&conversation=" + room.id)) {
            assertThat(reader.line().at("/type").asString()).isEqualTo("ConversationStarted");
            room.say(alice, "live");
            assertThat(reader.line().at("/payload/body").asString()).isEqualTo("live");
        }
    }

    @Test
    void aReaderThatStopsHoldsLittleAndMissesNothing() throws IOException {
        Room room = Room.of(store, alice);
        int messages = 300;
        for (int i = 0; i < messages; i++) {
            room.say(alice, i + "x".repeat(45_000));
        }
        double before = written();
        try (Reader reader = new Reader(server, "conversation=" + room.id)) {
            assertThat(reader.line().at("/type").asString()).isEqualTo("ConversationStarted");
            await().during(Duration.ofSeconds(2)).until(this::written, new Unchanged()::test);
            assertThat(written() - before).isLessThan(messages - 60.0);
            assertThat(export("to=0")).hasSize(2);

            for (int i = 0; i < messages; i++) {
                assertThat(reader.line().at("/seq").asInt()).isEqualTo(i + 1);
            }
            assertThat(reader.line().at("/end").asString()).isEqualTo("complete");
        }
    }

    private static final class Unchanged {
        private double last = -1;

        boolean test(double value) {
            boolean same = value == last;
            last = value;
            return same;
        }
    }

    private double written() {
        return server.getBean(MeterRegistry.class)
                .get("parley.query-side.audit.lines")
                .counter()
                .count();
    }

    @Test
    void oneExportTooManyIsRefusedUntilAnotherEnds() throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> open() == 0);
        try (Reader one = new Reader(server, "follow=true")) {
            one.line();
            try (Reader two = new Reader(server, "follow=true")) {
                two.line();
                try (Reader three = new Reader(server, "to=0")) {
                    assertThat(three.status).contains(" 429 ");
                }
            }
        }
        Room.of(store, alice);
        await().atMost(Duration.ofSeconds(30)).until(() -> open() == 0);
        assertThat(export("to=0").getLast().at("/end").asString()).isEqualTo("complete");
    }

    private static double open() {
        return server.getBean(MeterRegistry.class)
                .get("parley.query-side.audit.streams")
                .gauge()
                .value();
    }

    @Test
    void aServerThatStopsSaysSo() throws IOException {
        Room room = Room.of(store, alice);
        ConfigurableApplicationContext other = start("stopping");
        try (Reader reader = new Reader(other, "follow=true&conversation=" + room.id)) {
            reader.line();
            other.close();
            JsonNode end = reader.line();
            assertThat(end.at("/end").asString()).isEqualTo("cut-off");
            assertThat(end.at("/position").asLong()).isGreaterThan(0);
        }
    }

    @Test
    void badParametersAreNamed() throws IOException {
        for (String bad : List.of("to=x", "since=yesterday", "until=+292278994-08-17T07:12:55Z", "account=x")) {
            assertThat(refused(bad).at("/field").asString()).isEqualTo(bad.substring(0, bad.indexOf('=')));
        }
        assertThat(refused("follow=true&to=3").at("/field").asString()).isEqualTo("follow");
        assertThat(refused("type=" + "a,".repeat(60)).at("/field").asString()).isEqualTo("type");
    }

    private JsonNode refused(String query) throws IOException {
        try (Reader reader = new Reader(server, query)) {
            assertThat(reader.status).contains(" 400 ");
            return reader.line();
        }
    }

    private long head() {
        return store.createHeadToken().position().orElseThrow();
    }

    private static List<String> types(List<JsonNode> lines) {
        return lines.subList(0, lines.size() - 1).stream()
                .map(line -> line.at("/type").asString())
                .toList();
    }

    private static List<JsonNode> export(String query) throws IOException {
        try (Reader reader = new Reader(server, query)) {
            assertThat(reader.status).contains(" 200 ");
            List<JsonNode> lines = new ArrayList<>();
            do {
                lines.add(reader.line());
            } while (lines.getLast().at("/end").isMissingNode());
            return lines;
        }
    }

    /// A client with a small window that reads when it is told to, by HTTP/1.0: its answers come in one piece.
    private static final class Reader implements AutoCloseable {

        private final Socket socket = new Socket();
        private final BufferedReader in;
        private final String status;

        Reader(ConfigurableApplicationContext server, String query) throws IOException {
            int port =
                    ((ServletWebServerApplicationContext) server).getWebServer().getPort();
            socket.setReceiveBufferSize(8_192);
            socket.setSoTimeout(20_000);
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
            String request = "GET /api/v1/audit/events?%s HTTP/1.0\r\nAccept: application/x-ndjson, */*;q=0.1\r\n\r\n"
                    .formatted(query);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            status = in.readLine();
            while (!in.readLine().isEmpty()) {
                // A header.
            }
        }

        JsonNode line() throws IOException {
            String line = in.readLine();
            assertThat(line).isNotNull();
            return JSON.readTree(line);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
