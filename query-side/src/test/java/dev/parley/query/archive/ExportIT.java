package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import dev.parley.messages.AccountId;
import dev.parley.testing.Room;
import dev.parley.testing.TestApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Exports over real connections, whose readers are slow, silent and gone.
@SpringBootTest(
        classes = {TestApp.class, ExportIT.Edge.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "parley.query-side.archive.exports=2",
            "axon.axonserver.client-id=another-node",
            "spring.threads.virtual.enabled=true"
        })
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportIT extends Analysing {

    private static final int MESSAGES = 20_000;
    private static final int BULK = 200;
    /// Of a body: 80 MB in all.
    private static final int LENGTH = 4_000;
    /// After all that is stored.
    private static final long FIRST = 1L << 40;

    private static final long HEAP_BOUND = 32 << 20;

    private final UUID conversation = UUID.randomUUID();
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = new JsonMapper();

    @Autowired
    private ElasticsearchClient elasticsearch;

    @Autowired
    private Exports exports;

    @LocalServerPort
    private int port;

    /// Who calls, as the app's security tells it. Without an annotation: the scan for components would
    /// give it to all tests.
    static class Edge {

        @Bean
        Filter callers() {
            return (request, response, chain) -> chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return ANALYST::toString;
                        }

                        @Override
                        public boolean isUserInRole(String role) {
                            return role.equals("ANALYST");
                        }
                    },
                    response);
        }
    }

    @BeforeAll
    void fill() throws IOException {
        AccountId ann = new AccountId(UUID.randomUUID());
        Room.of(store, ann).say(ann, "makes the index");
        look("/search");
        String body = "0123456789".repeat(LENGTH / 10);
        for (int from = 0; from < MESSAGES; from += BULK) {
            BulkRequest.Builder bulk = new BulkRequest.Builder().index("parley-messages");
            for (int i = from; i < from + BULK; i++) {
                Map<String, Object> message = message(i, ann, body);
                bulk.operations(
                        one -> one.index(index -> index.id(message.get("conversation") + ":" + message.get("message"))
                                .document(message)));
            }
            BulkResponse done = elasticsearch.bulk(bulk.build());
            assertThat(done.errors()).isFalse();
        }
        elasticsearch.indices().refresh(refresh -> refresh.index("parley-messages"));
    }

    /// Other tests count on what they say themselves.
    @AfterAll
    void empty() throws IOException {
        for (int from = 0; from < MESSAGES; from += 1_000) {
            BulkRequest.Builder bulk = new BulkRequest.Builder().index("parley-messages");
            for (int i = from; i < from + 1_000; i++) {
                String id = conversation + ":" + new UUID(0, i);
                bulk.operations(one -> one.delete(gone -> gone.id(id)));
            }
            assertThat(elasticsearch.bulk(bulk.build()).errors()).isFalse();
        }
    }

    private Map<String, Object> message(int i, AccountId sender, String body) {
        Map<String, Object> message = new HashMap<>();
        message.put("message", new UUID(0, i).toString());
        message.put("conversation", conversation.toString());
        message.put("sender", sender.toString());
        message.put("body", body);
        message.put("text", "filler");
        message.put("at", 1_000_000_000_000L + i);
        message.put("seq", i);
        message.put("position", FIRST + i);
        message.put("imported", true);
        return message;
    }

    private URI uri(String parameters) {
        return URI.create(
                "http://127.0.0.1:" + port + "/api/v1/archive/export?conversation=" + conversation + parameters);
    }

    private HttpResponse<InputStream> export(String parameters) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(parameters)).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void allOfItIsWrittenOnceInOrderWithABoundedHeap() throws Exception {
        long before = used();
        long most = 0;
        Set<String> ids = new HashSet<>();
        long last = -1;
        JsonNode line = mapper.createObjectNode();
        HttpResponse<InputStream> response = export("");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        try (BufferedReader lines = reader(response)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line = mapper.readTree(text);
                if (line.has("position") && line.has("id")) {
                    assertThat(line.at("/position").asLong()).isGreaterThan(last);
                    last = line.at("/position").asLong();
                    ids.add(line.at("/id").asString());
                    if (ids.size() % 4_000 == 0) {
                        most = Math.max(most, used() - before);
                    }
                }
            }
        }
        assertThat(ids).hasSize(MESSAGES);
        assertThat(line.at("/end").asString()).isEqualTo("complete");
        assertThat(line.at("/messages").asInt()).isEqualTo(MESSAGES);
        assertThat(most).isLessThan(HEAP_BOUND);
    }

    @Test
    void csvHasARecordForEachMessageAndGoesOnWhereItWasLeft() throws Exception {
        List<String> records = new ArrayList<>();
        HttpResponse<InputStream> response = export("&format=csv&after=" + (FIRST + MESSAGES - 11));
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(response.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"archive.csv\"");
        try (BufferedReader lines = reader(response)) {
            lines.lines().forEach(records::add);
        }
        assertThat(records).hasSize(11);
        assertThat(records.get(1)).startsWith("\"" + (FIRST + MESSAGES - 10) + "\",");
    }

    @Test
    void readersThatStallCostLittleAndOneTooManyIsRefused() throws Exception {
        long before = used();
        try (Socket one = stalled();
                Socket two = stalled()) {
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            HttpResponse<InputStream> refused = export("");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(used() - before).isLessThan(HEAP_BOUND);
        }
        // Both are gone: their places are free again.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try (InputStream rest = export("&after=" + (FIRST + MESSAGES - 2)).body()) {
                assertThat(new String(rest.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("complete");
            }
        });
    }

    @Test
    void anExportThatIsCutOffSaysSoInItsLastLine() throws Exception {
        exports.stop();
        try (BufferedReader lines = reader(export(""))) {
            assertThat(lines.lines().toList().getLast())
                    .isEqualTo("{\"end\":\"cut-off\",\"messages\":0,\"reason\":\"The server is stopping\"}");
        } finally {
            exports.start();
        }
    }

    @Test
    void csvThatIsCutOffBreaksItsConnection() throws Exception {
        exports.stop();
        try {
            HttpResponse<InputStream> response = export("&format=csv");
            assertThat(response.statusCode()).isEqualTo(200);
            StringBuilder read = new StringBuilder();
            assertThatThrownBy(() -> {
                        try (BufferedReader lines = reader(response)) {
                            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                                read.append(text, 0, Math.min(text.length(), 100))
                                        .append('\n');
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(read.toString().lines()).allMatch(line -> line.startsWith("\""));
        } finally {
            exports.start();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson"})
    void anExportThatFailsOnItsWayBreaksItsConnection(String format) throws Exception {
        Map<String, Object> broken = message(MESSAGES, new AccountId(UUID.randomUUID()), "");
        broken.put("sender", "nobody");
        elasticsearch.index(index ->
                index.index("parley-messages").id("broken").document(broken).refresh(Refresh.True));
        try {
            HttpResponse<InputStream> response = export("&format=" + format + "&after=" + (FIRST + MESSAGES - 1_000));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
        } finally {
            elasticsearch.delete(
                    delete -> delete.index("parley-messages").id("broken").refresh(Refresh.True));
        }
    }

    @Test
    void anExportIsNotMadeForNobody() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(uri("")).HEAD().build();
        assertThat(client.send(head, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /// A reader that has read the first byte, and reads no more.
    private Socket stalled() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setReceiveBufferSize(8 * 1024);
        URI uri = uri("");
        socket.getOutputStream()
                .write(("GET " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isPositive();
        return socket;
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
