package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of `parley.v1`. Signals of presence, which come at any time, are kept apart. It takes one frame at a time
/// off the socket, and none while it is told to be slow.
public final class TestClient implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<JsonNode> presences = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicReference<@Nullable String> undescribed = new AtomicReference<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    private TestClient(HttpClient http, int port) {
        this.socket = http.newWebSocketBuilder()
                .subprotocols("parley.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), this)
                .join();
        assertThat(socket.getSubprotocol()).isEqualTo("parley.v1");
    }

    public static TestClient connect(HttpClient http, int port) {
        return new TestClient(http, port);
    }

    public TestClient say(String format, Object... values) {
        socket.sendText(format.formatted(values).replace('\'', '"'), true).join();
        return this;
    }

    /// @throws java.util.concurrent.CompletionException if the socket is closed
    public void sayRaw(String text) {
        socket.sendText(text, true).join();
    }

    /// Takes frames until the answer to a ping, unless the socket is closed before.
    public void awaitPongOrClose() {
        say("{'type':'ping'}");
        while (isOpen()) {
            JsonNode frame = poll(Duration.ofMillis(50));
            if (frame != null && frame.get("type").stringValue().equals("pong")) {
                return;
            }
        }
    }

    private @Nullable JsonNode poll(Duration patience) {
        try {
            return frames.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// In three parts.
    public void sayInParts(String text) {
        int third = text.length() / 3;
        socket.sendText(text.substring(0, third), false).join();
        socket.sendText(text.substring(third, 2 * third), false).join();
        socket.sendText(text.substring(2 * third), true).join();
    }

    public void sayBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
    }

    /// Says hello from a position and takes the welcome.
    public TestClient hello(String token, String device, long position) {
        say("{'type':'hello','token':'%s','device':'%s','position':%d}", token, device, position);
        assertThat(next().get("type").stringValue()).isEqualTo("welcome");
        return this;
    }

    public JsonNode next() {
        try {
            JsonNode frame = frames.poll(30, TimeUnit.SECONDS);
            assertThat(undescribed).as("frames are as docs/asyncapi.yaml says").hasNullValue();
            assertThat(frame).as("a frame in time; closed: %s", closed).isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public JsonNode next(String type) {
        JsonNode frame = next();
        assertThat(frame.get("type").stringValue()).as(frame.toString()).isEqualTo(type);
        return frame;
    }

    /// The next signal of presence.
    public JsonNode nextPresence() {
        try {
            JsonNode frame = presences.poll(30, TimeUnit.SECONDS);
            assertThat(frame).as("a presence in time; closed: %s", closed).isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public LinkedBlockingQueue<JsonNode> presences() {
        return presences;
    }

    /// The positions of events up to `caught_up`, each acknowledged.
    public List<Long> untilCaughtUp() {
        List<Long> positions = new ArrayList<>();
        JsonNode frame = next();
        while (!frame.get("type").stringValue().equals("caught_up")) {
            positions.add(frame.get("position").longValue());
            ack(frame.get("position").longValue());
            frame = next();
        }
        return positions;
    }

    public TestClient ack(long position) {
        return say("{'type':'ack','position':%d}", position);
    }

    public int waiting() {
        return frames.size();
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    public int closeCode() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            JsonNode frame = JSON.readTree(parts.toString());
            parts.setLength(0);
            String faults = DescribedFrames.faults(frame);
            if (faults.isEmpty()) {
                (frame.path("signal").asString("").equals("presence") ? presences : frames).add(frame);
            } else {
                undescribed.compareAndSet(null, frame + ": " + faults);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
