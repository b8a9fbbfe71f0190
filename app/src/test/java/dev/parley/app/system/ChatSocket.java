package dev.parley.app.system;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One device at the WebSocket interface. It keeps every frame in the order of arrival.
final class ChatSocket implements AutoCloseable, WebSocket.Listener {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private ChatSocket(URI server) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws"), this)
                .join();
    }

    static ChatSocket connect(URI server) {
        return new ChatSocket(server);
    }

    /// Says hello and waits for the welcome.
    static ChatSocket open(Caller caller, String device) {
        ChatSocket socket = new ChatSocket(caller.server());
        socket.send(Map.of("type", "hello", "token", String.valueOf(caller.token()), "device", device));
        socket.awaitFrame(frame -> type(frame, "welcome"));
        return socket;
    }

    /// Says hello with the position up to which the device has everything.
    static ChatSocket resume(Caller caller, String device, long position) {
        ChatSocket socket = new ChatSocket(caller.server());
        socket.send(Map.of(
                "type", "hello", "token", String.valueOf(caller.token()), "device", device, "position", position));
        socket.awaitFrame(frame -> type(frame, "caught_up"));
        return socket;
    }

    void send(Map<String, ?> frame) {
        sendRaw(JSON.writeValueAsString(frame));
    }

    void sendRaw(String text) {
        socket.sendText(text, true).join();
    }

    JsonNode awaitFrame(Predicate<JsonNode> wanted) {
        await().atMost(PATIENCE).until(() -> frames.stream().anyMatch(wanted) || closeCode.isDone());
        return frames.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Closed with " + closeCode.join() + " after " + frames));
    }

    JsonNode awaitMessage(String id) {
        return awaitFrame(
                frame -> isMessage(frame) && id.equals(frame.at("/data/id").asString()));
    }

    /// The ids of the messages received so far, in order, repeats included.
    List<String> messages() {
        return frames.stream()
                .filter(ChatSocket::isMessage)
                .map(frame -> frame.at("/data/id").asString())
                .toList();
    }

    List<JsonNode> frames() {
        return frames;
    }

    int awaitClose() {
        await().atMost(PATIENCE).until(closeCode::isDone);
        return closeCode.join();
    }

    static boolean type(JsonNode frame, String type) {
        return type.equals(frame.path("type").asString());
    }

    private static boolean isMessage(JsonNode frame) {
        return type(frame, "event") && "message".equals(frame.path("event").asString());
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(JSON.readTree(partial.toString()));
            partial.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode.complete(statusCode);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode.complete(-1);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
