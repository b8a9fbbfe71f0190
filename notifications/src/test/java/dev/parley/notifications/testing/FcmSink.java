package dev.parley.notifications.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// FCM's HTTP v1 endpoint and Google's OAuth endpoint in one, over HTTP.
final class FcmSink implements PushSink {

    private static final String PROJECT = "parley-benchmark";

    private final Path serviceAccountFile;
    private final Consumer<Arrival> arrivals;
    private final AtomicLong taken = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    FcmSink(Path workDir, Consumer<Arrival> arrivals) {
        this.arrivals = arrivals;
        // Read once, when the server's class is loaded: small answers at once, and connections for all that is in
        // flight.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
            server.setExecutor(threads);
            server.createContext("/token", this::token);
            server.createContext("/v1/projects/" + PROJECT + "/messages:send", this::take);
            server.start();
            Map<String, String> account = Map.of(
                    "type",
                    "service_account",
                    "project_id",
                    PROJECT,
                    "private_key_id",
                    "benchmark-key",
                    "private_key",
                    TestKeys.pem("PRIVATE KEY", TestKeys.rsa().getPrivate().getEncoded()),
                    "client_email",
                    "push@" + PROJECT + ".iam.gserviceaccount.com",
                    "client_id",
                    "1",
                    "token_uri",
                    endpoint() + "/token");
            serviceAccountFile = Files.writeString(
                    Files.createDirectories(workDir).resolve("service-account.json"),
                    new JsonMapper().writeValueAsString(account));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The FCM sink cannot start", e);
        }
    }

    private URI endpoint() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
    }

    private void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, "{\"access_token\":\"sink\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            InputStream body = exchange.getRequestBody();
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            String json = new String(
                    zipped ? new GZIPInputStream(body).readAllBytes() : body.readAllBytes(), StandardCharsets.UTF_8);
            @Nullable UUID id = PushSink.field("push", json);
            arrivals.accept(new Arrival(
                    System.nanoTime(),
                    id == null ? UUID.randomUUID() : id,
                    PushSink.field("message", json),
                    json.contains("\"notification\"") || json.contains("\"body\"")));
            answer(exchange, "{\"name\":\"projects/%s/messages/%d\"}".formatted(PROJECT, taken.incrementAndGet()));
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public List<String> arguments() {
        return List.of(
                "--parley.notifications.fcm.service-account-file=" + serviceAccountFile,
                "--parley.notifications.fcm.endpoint=" + endpoint());
    }

    @Override
    public String token() {
        return "sink-" + UUID.randomUUID();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
