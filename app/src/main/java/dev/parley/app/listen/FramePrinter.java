package dev.parley.app.listen;

import java.io.PrintStream;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Prints text frames and acknowledges the events among them.
final class FramePrinter implements WebSocket.Listener {

    private static final int BROKEN = 1006;
    private static final JsonMapper JSON = new JsonMapper();

    private final PrintStream out;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    FramePrinter(PrintStream out) {
        this.out = out;
    }

    /// @return the close code; 1006 (RFC 6455) if the connection broke
    int awaitClose() {
        return closed.join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        CompletionStage<?> done = CompletableFuture.completedStage(null);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            out.println(text);
            done = acknowledge(socket, JSON.readTree(text));
        }
        socket.request(1);
        return done;
    }

    private static CompletionStage<?> acknowledge(WebSocket socket, JsonNode frame) {
        if (!"event".equals(frame.path("type").asString())) {
            return CompletableFuture.completedStage(null);
        }
        long position = frame.path("position").asLong();
        return socket.sendText(JSON.writeValueAsString(Map.of("type", "ack", "position", position)), true);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.complete(BROKEN);
    }
}
