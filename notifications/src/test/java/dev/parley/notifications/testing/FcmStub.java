package dev.parley.notifications.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// FCM's HTTP v1 endpoint and Google's OAuth endpoint in one, over loopback HTTP.
///
/// `/token` checks the signed assertion (RFC 7523: algorithm, issuer, audience, scope, times, signature) and hands out
/// an access token; `/v1/projects/{project}/messages:send` asks for that token and for the shape of a message to a
/// device.
/// What does not fit is refused as Google refuses it, and shows up in [#faults]. Thread-safe.
public final class FcmStub implements AutoCloseable {

    private static final String PROJECT = "parley-test";
    private static final String CLIENT = "push@parley-test.iam.gserviceaccount.com";

    /// One request.
    ///
    /// @param message the `message` object of the request
    public record Received(String token, JsonNode message) {}

    /// @param retryAfter seconds, null for none
    private record Refusal(
            int status,
            String state,
            @Nullable String errorCode,
            @Nullable Integer retryAfter) {}

    private final JsonMapper json = new JsonMapper();
    private final KeyPair serviceKey;
    private final Path serviceAccountFile;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> accessTokens = ConcurrentHashMap.newKeySet();
    private final Deque<Refusal> refusals = new ConcurrentLinkedDeque<>();
    private final Set<String> unregistered = ConcurrentHashMap.newKeySet();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Received> refused = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile boolean strangers;
    private HttpServer server;
    private final int port;

    private FcmStub(Path workDir) throws IOException, GeneralSecurityException {
        Files.createDirectories(workDir);
        serviceKey = TestKeys.rsa();
        server = listen(0);
        port = server.getAddress().getPort();
        serviceAccountFile = Files.writeString(
                workDir.resolve("service-account.json"),
                json.writeValueAsString(Map.of(
                        "type",
                        "service_account",
                        "project_id",
                        PROJECT,
                        "private_key_id",
                        "test-key",
                        "private_key",
                        TestKeys.pem("PRIVATE KEY", serviceKey.getPrivate().getEncoded()),
                        "client_email",
                        CLIENT,
                        "client_id",
                        "1",
                        "token_uri",
                        endpoint() + "/token")));
    }

    /// Starts on a free port.
    public static FcmStub start(Path workDir) {
        try {
            return new FcmStub(workDir);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The FCM stub cannot start", e);
        }
    }

    private HttpServer listen(int onPort) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        http.setExecutor(threads);
        http.createContext("/token", this::token);
        http.createContext("/v1/projects/" + PROJECT + "/messages:send", this::send);
        http.start();
        return http;
    }

    /// Closes its port: clients are refused until [#up].
    public synchronized void down() {
        server.stop(0);
    }

    /// Listens again on the port it had.
    public synchronized void up() {
        try {
            server = listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
    }

    /// Credentials whose `token_uri` is this stub.
    public Path serviceAccountFile() {
        return serviceAccountFile;
    }

    /// What was accepted, in order of arrival.
    public List<Received> received() {
        return List.copyOf(received);
    }

    /// What was refused on request, in order of arrival.
    public List<Received> refused() {
        return List.copyOf(refused);
    }

    /// Requests that Google would not have understood.
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /// The next message is refused with 503 `UNAVAILABLE`.
    public void unavailableNext(@Nullable Integer retryAfterSeconds) {
        refusals.add(new Refusal(503, "UNAVAILABLE", "UNAVAILABLE", retryAfterSeconds));
    }

    /// The next message is refused with 429 `QUOTA_EXCEEDED`.
    public void quotaExceededNext(@Nullable Integer retryAfterSeconds) {
        refusals.add(new Refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", retryAfterSeconds));
    }

    /// The next message is refused with 400 `INVALID_ARGUMENT`.
    public void invalidNext() {
        refusals.add(new Refusal(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", null));
    }

    /// The next message is refused with this.
    ///
    /// @param state of the platform, like `PERMISSION_DENIED`
    /// @param errorCode of FCM, null for none
    public void refuseNext(int status, String state, @Nullable String errorCode) {
        refusals.add(new Refusal(status, state, errorCode, null));
    }

    /// Access tokens that were given out are not good any more, and Google's OAuth takes our account for a stranger's.
    public void disown() {
        strangers = true;
        accessTokens.clear();
    }

    /// Undoes [#disown].
    public void own() {
        strangers = false;
    }

    /// Messages to this token are refused with 404 `UNREGISTERED`.
    public void unregister(String token) {
        unregistered.add(token);
    }

    private void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> form = Pattern.compile("&")
                    .splitAsStream(body(exchange))
                    .collect(Collectors.toMap(
                            pair -> URLDecoder.decode(pair.substring(0, pair.indexOf('=')), StandardCharsets.UTF_8),
                            pair -> URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8)));
            String fault = "urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type"))
                    ? assertionFault(form.getOrDefault("assertion", ""))
                    : "grant_type";
            if (strangers) {
                answer(exchange, 400, Map.of("error", "invalid_grant", "error_description", "account not found"));
                return;
            }
            if (fault != null) {
                faults.add("oauth: " + fault);
                answer(exchange, 400, Map.of("error", "invalid_grant", "error_description", fault));
                return;
            }
            String token = "stub-" + UUID.randomUUID();
            accessTokens.add(token);
            answer(exchange, 200, Map.of("access_token", token, "token_type", "Bearer", "expires_in", 3600));
        }
    }

    /// @return what is wrong with the JWT, null for nothing
    private @Nullable String assertionFault(String assertion) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3) {
            return "no JWT";
        }
        Base64.Decoder base64 = Base64.getUrlDecoder();
        JsonNode header = json.readTree(base64.decode(parts[0]));
        JsonNode claims = json.readTree(base64.decode(parts[1]));
        long now = System.currentTimeMillis() / 1000;
        if (!header.path("alg").asString("").equals("RS256")) {
            return "alg";
        } else if (!claims.path("iss").asString("").equals(CLIENT)) {
            return "iss";
        } else if (!claims.path("aud").asString("").equals("https://oauth2.googleapis.com/token")) {
            return "aud";
        } else if (!claims.path("scope").asString("").contains("firebase.messaging")
                && !claims.path("scope").asString("").contains("cloud-platform")) {
            return "scope";
        } else if (claims.path("iat").asLong(Long.MAX_VALUE) > now + 60
                || claims.path("exp").asLong(0) <= now) {
            return "times";
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(serviceKey.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(base64.decode(parts[2])) ? null : "signature";
        } catch (GeneralSecurityException e) {
            return "signature";
        }
    }

    private void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!authorization.startsWith("Bearer ") || !accessTokens.contains(authorization.substring(7))) {
                if (!strangers) {
                    faults.add("send: no access token of ours");
                }
                refuse(exchange, new Refusal(401, "UNAUTHENTICATED", null, null));
                return;
            }
            JsonNode message = json.readTree(body(exchange)).path("message");
            String fault = messageFault(exchange.getRequestMethod(), message);
            if (fault != null) {
                faults.add("send: " + fault);
                refuse(exchange, new Refusal(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", null));
                return;
            }
            Received push = new Received(message.path("token").asString(), message);
            Refusal refusal = unregistered.contains(push.token())
                    ? new Refusal(404, "NOT_FOUND", "UNREGISTERED", null)
                    : refusals.poll();
            if (refusal != null) {
                refused.add(push);
                refuse(exchange, refusal);
            } else {
                received.add(push);
                answer(exchange, 200, Map.of("name", "projects/" + PROJECT + "/messages/" + received.size()));
            }
        }
    }

    /// After the REST reference of `projects.messages`.
    private static @Nullable String messageFault(String method, JsonNode message) {
        if (!method.equals("POST")) {
            return "method " + method;
        } else if (message.path("token").asString("").isEmpty()) {
            return "message.token";
        } else if (message.path("data").has("withdraw") == message.has("notification")) {
            return "message.notification";
        } else if (message.has("notification")
                && !message.path("notification").path("title").isString()) {
            return "message.notification.title";
        } else if (!message.path("android").path("ttl").asString("").matches("\\d+(\\.\\d{1,9})?s")) {
            return "message.android.ttl";
        }
        return message.path("data").valueStream().allMatch(JsonNode::isString) ? null : "message.data";
    }

    private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (refusal.retryAfter() != null) {
            exchange.getResponseHeaders()
                    .set("Retry-After", refusal.retryAfter().toString());
        }
        List<Map<String, String>> details = refusal.errorCode() == null
                ? List.of()
                : List.of(Map.of(
                        "@type",
                        "type.googleapis.com/google.firebase.fcm.v1.FcmError",
                        "errorCode",
                        refusal.errorCode()));
        answer(
                exchange,
                refusal.status(),
                Map.of(
                        "error",
                        Map.of(
                                "code",
                                refusal.status(),
                                "message",
                                "refused by the stub",
                                "status",
                                refusal.state(),
                                "details",
                                details)));
    }

    private void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String body(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(body);
        }
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        down();
        threads.close();
    }
}
