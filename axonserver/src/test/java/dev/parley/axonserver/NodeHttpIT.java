package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The HTTP side: what it shows, to whom, and what it makes of hostile requests.
class NodeHttpIT {

    private static final String ADMIN = "admin-0123456789-0123";
    private static final String SHOP = "shop-0123456789-01234";

    private static TestNode node;
    private static TestNode guarded;
    private static HttpCalls http;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore(
                Map.of("http.port", 0, "http.hosts", "node.example", "contexts", "default,orders"));
        guarded = TestNode.onEmptyStore(Map.of(
                "http.port",
                0,
                "access.tokens.shop.token",
                SHOP,
                "access.tokens.ops.token",
                ADMIN,
                "access.tokens.ops.admin",
                true));
        http = new HttpCalls(node.node().httpPort());
    }

    @AfterAll
    static void stop() {
        node.close();
        guarded.close();
    }

    private static HttpCalls showing(String token) {
        return new HttpCalls(guarded.node().httpPort(), Map.of("AxonIQ-Access-Token", token));
    }

    @Test
    void aNodeIsReady() {
        for (String path :
                new String[] {"/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness"}) {
            HttpCalls.Answer health = http.get(path);
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().at("/status").asString()).isEqualTo("UP");
        }
    }

    @Test
    void aNodeWithoutDatabaseLivesButIsNotReady() {
        try (TestNode lonely = TestNode.onEmptyStore(Map.of("http.port", 0))) {
            HttpCalls calls = new HttpCalls(lonely.node().httpPort());
            lonely.database().shut();
            Awaitility.await().untilAsserted(() -> {
                HttpCalls.Answer health = calls.get("/actuator/health/readiness");
                assertThat(health.status()).isEqualTo(503);
                assertThat(health.json().at("/components/database/status").asString())
                        .isEqualTo("DOWN");
            });
            assertThat(calls.get("/actuator/health/liveness").status()).isEqualTo(200);
        }
    }

    @Test
    void clientsAndTheirHandlersAreListed() throws Exception {
        String name = "client-" + id();
        String command = "command-" + id();
        AxonServerConnection client = node.factory(name).connect("orders");
        client.commandChannel()
                .registerCommandHandler(
                        received -> CompletableFuture.completedFuture(CommandResponse.getDefaultInstance()),
                        100,
                        command)
                .awaitAck(10, TimeUnit.SECONDS);
        client.controlChannel();
        Awaitility.await()
                .untilAsserted(() -> assertThat(http.get("/v1/components/test/instances?context=orders")
                                .json()
                                .valueStream())
                        .anySatisfy(listed -> {
                            assertThat(listed.at("/name").asString()).isEqualTo(name);
                            assertThat(listed.at("/context").asString()).isEqualTo("orders");
                        }));
        assertThat(http.get("/v1/components/test/instances?context=default").body())
                .doesNotContain(name);
        assertThat(http.get("/v1/components/clients").body()).contains(name);
        assertThat(http.get("/v1/commands").json().valueStream()).anySatisfy(listed -> {
            assertThat(listed.at("/name").asString()).isEqualTo(command);
            assertThat(listed.at("/handlers").asInt()).isEqualTo(1);
        });
        assertThat(http.get("/v1/queries").status()).isEqualTo(200);
    }

    @Test
    void theNodeSaysWhatItIs() {
        var self = http.get("/v1/public/me").json();
        assertThat(self.at("/grpcPort").asInt()).isEqualTo(node.port());
        assertThat(self.at("/httpPort").asInt()).isEqualTo(node.node().httpPort());
        assertThat(self.at("/authentication").asBoolean()).isFalse();
        assertThat(http.get("/v1/public/mycontexts").body()).isEqualTo("[\"default\",\"orders\"]");
    }

    @Test
    void metersAreThereForPrometheus() throws Exception {
        append(node.connect("client-" + id()), event(id(), 0));
        HttpCalls.Answer meters = http.get("/actuator/prometheus");
        assertThat(meters.type()).startsWith("text/plain; version=0.0.4");
        assertThat(meters.body())
                .containsPattern("parley_axonserver_appends_total\\{context=\"default\"} [1-9]")
                .contains("parley_axonserver_clients{context=\"orders\"}")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void onlyAdministratorsGetPastHealth() {
        assertThat(new HttpCalls(guarded.node().httpPort())
                        .get("/actuator/health")
                        .status())
                .isEqualTo(200);
        for (String path : new String[] {"/actuator/prometheus", "/v1/components/clients", "/v1/processors"}) {
            HttpCalls.Answer stranger = new HttpCalls(guarded.node().httpPort()).get(path);
            assertThat(stranger.status()).isEqualTo(403);
            assertThat(stranger.type()).isEqualTo("application/problem+json");
            assertThat(stranger.json().at("/code").asString()).isEqualTo("AXONIQ-1000");
            assertThat(showing(SHOP).get(path).json().at("/code").asString()).isEqualTo("AXONIQ-1001");
            assertThat(showing(ADMIN + "x").get(path).status()).isEqualTo(403);
            assertThat(showing(ADMIN).get(path).status()).isEqualTo(200);
        }
        assertThat(showing(SHOP).patch("/v1/components/c/processors/p/pause").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8024", "", "[::1", "1.2.3"})
    void pagesUnderOtherNamesAreRefused(String host) throws IOException {
        assertThat(get("/v1/public/me", "Host: " + host + "\r\n")).startsWith("HTTP/1.1 421 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:8024", "[::1]:8024", "10.1.2.3:80", "Node.Example:8024"})
    void theNodesNamesAreTaken(String host) throws IOException {
        assertThat(get("/v1/public/me", "Host: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void twoNamesOrNoneAreRefused() throws IOException {
        assertThat(get("/v1/public/me", "Host: localhost\r\nHost: evil.example\r\n"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(get("/v1/public/me", "")).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void browsersGetNoLeaveToSendFromOtherPages() throws IOException {
        String preflight = http.raw("OPTIONS /v1/components/c/processors/p/pause HTTP/1.1\r\nHost: localhost\r\n"
                + "Origin: https://evil.example\r\nAccess-Control-Request-Method: PATCH\r\nConnection: close\r\n\r\n");
        assertThat(preflight)
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: PATCH")
                .doesNotContainIgnoringCase("Access-Control-Allow");
        assertThat(http.send("POST", "/v1/components/c/processors/p/pause").status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/",
                "//v1/public/me",
                "/v1/public/me/",
                "/../etc/passwd",
                "/v1/%2e%2e/public/me",
                "/v1/public/me%00",
                "/v1/components/%ff/instances",
                "/v1/components/%/instances",
                "/v1/components/%zz/instances",
                "/v1/components/%0d%0aX:%20y/instances",
                "/v1/processors?context=a&context=b",
                "/v1/processors/p/clients?context=nowhere",
                "/actuator/env",
                "/actuator/heapdump"
            })
    void strangeAddressesAreProblems(String path) throws IOException {
        String answer = get(path, "Host: localhost\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 (400|404) ");
        assertThat(answer).doesNotContain("\tat ", "dev.parley", "X: y");
    }

    @Test
    void longAndManyThingsAreRefused() throws IOException {
        assertThat(get("/v1/" + "x".repeat(6000), "Host: localhost\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(get("/v1" + "/x".repeat(1000), "Host: localhost\r\n")).containsPattern("^HTTP/1.1 (400|404) ");
        assertThat(http.raw("PATCH /v1/components/c/processors/p/pause HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(http.raw("PATCH /v1/components/c/processors/p/pause HTTP/1.1\r\nHost: localhost\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThatThrownBy(() -> {
                    String answer = get("/v1/public/me", "Host: localhost\r\n" + "X-Y: z\r\n".repeat(5000));
                    throw new IllegalStateException(answer.lines().findFirst().orElse("closed"));
                })
                .hasMessageNotContaining("200");
        assertThat(http.get("/v1/public/me").status()).isEqualTo(200);
    }

    @Test
    void processorsThatAreNotThereAreNotFound() {
        for (String what : new String[] {"pause", "start", "segments/split", "segments/merge", "segments/0/release"}) {
            HttpCalls.Answer answer = http.patch("/v1/components/test/processors/none/" + what + "?context=default");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().at("/code").asString()).isEqualTo("AXONIQ-2800");
        }
        assertThat(http.patch("/v1/components/test/processors/none/segments/x/release")
                        .status())
                .isEqualTo(400);
        assertThat(http.patch("/v1/components/test/processors/none/segments/0/move")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aTakenPortIsNamed() {
        Map<String, Object> settings =
                new HashMap<>(Map.of("port", 0, "http.port", node.node().httpPort()));
        assertThatThrownBy(() -> AxonServerNode.start(
                        AxonServerNodeProperties.with(settings), node.database().dataSource()))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("parley.axonserver.http.port");
    }

    @Test
    void aNodeOnAnotherPortHasNoHttpSideUnlessAsked() {
        assertThat(AxonServerNodeProperties.with(Map.of()).http().portBeside(8124))
                .isEqualTo(8024);
        assertThat(AxonServerNodeProperties.with(Map.of()).http().portBeside(0)).isEqualTo(-1);
        assertThat(AxonServerNodeProperties.with(Map.of("http.port", 7)).http().portBeside(0))
                .isEqualTo(7);
    }

    private static String get(String path, String headers) throws IOException {
        return http.raw("GET " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    }
}
