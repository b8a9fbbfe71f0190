package dev.parley.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server's end of one WebSocket, played by a test: frames are text of less than 64 KiB, single quotes stand for
/// double ones.
final class Peer {

    /// Whose account the client is.
    static final UUID ACCOUNT = new UUID(0, 1);

    static final UUID SOMEBODY = new UUID(0, 3);

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Socket socket;
    private final DataInputStream in;
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private Peer(Socket socket, DataInputStream in) {
        this.socket = socket;
        this.in = in;
        Thread.ofVirtual().start(this::listen);
    }

    static Peer shakeHands(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        String key = "";
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != -1; c = in.read()) {
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String header = line.toString().strip();
            line.setLength(0);
            if (header.isEmpty()) {
                break;
            }
            if (header.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
                key = header.substring(18).strip();
            }
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Protocol: parley.v1\r\nSec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        return new Peer(socket, in);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void listen() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            while (true) {
                int first = in.readUnsignedByte();
                byte[] payload = payload();
                switch (first & 0x0f) {
                    case CLOSE -> closed.complete(closeCode(payload));
                    case PING -> write(PONG, payload);
                    case PONG -> {}
                    default -> message.write(payload);
                }
                if ((first & 0x80) != 0 && (first & 0x0f) < CLOSE) {
                    heard.add(JSON.readTree(message.toByteArray()));
                    message.reset();
                }
            }
        } catch (IOException end) {
            closed.complete(1006);
        }
    }

    private static int closeCode(byte[] payload) {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    /// The next frame of the client that is no `ack` and no `ping`.
    JsonNode next() {
        JsonNode frame = any();
        while (frame.path("type").asString().equals("ack")
                || frame.path("type").asString().equals("ping")) {
            frame = any();
        }
        return frame;
    }

    /// The next frame of the client of this type; those before it are dropped.
    JsonNode next(String type) {
        JsonNode frame = any();
        while (!frame.path("type").asString().equals(type)) {
            frame = any();
        }
        return frame;
    }

    private JsonNode any() {
        try {
            JsonNode frame = heard.poll(20, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("The client says nothing");
            }
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Frames that were heard and not yet taken.
    int unread() {
        return heard.size();
    }

    /// A message as the event at a position.
    void message(long position, UUID conversation, long seq) {
        event(
                position,
                conversation,
                seq,
                "message",
                "{'id':'" + new UUID(0, position) + "','sender':'" + SOMEBODY + "','body':'Tea?'}");
    }

    void event(long position, UUID conversation, long seq, String event, String data) {
        say(
                "{'type':'event','position':%d,'conversation':'%s','seq':%d,'at':'2026-01-02T03:04:05.678Z','event':'%s','data':%s}",
                position, conversation, seq, event, data);
    }

    void accept(JsonNode request, long seq) {
        say(
                "{'type':'accepted','id':'%s','conversation':'%s','seq':%d,'at':'2026-01-02T03:04:05.678Z'}",
                request.path("id").asString(), request.path("conversation").asString(), seq);
    }

    /// Takes the `hello` and welcomes the client.
    JsonNode welcome() {
        JsonNode hello = next("hello");
        say(
                "{'type':'welcome','account':'%s','session':'%s','position':%d,'heartbeatSeconds':20}",
                ACCOUNT, new UUID(0, 2), hello.path("position").asLong(0));
        return hello;
    }

    void say(String format, Object... values) {
        write(TEXT, format.formatted(values).replace('\'', '"').getBytes(UTF_8));
    }

    void ping() {
        write(PING, new byte[0]);
    }

    void close(int code) {
        write(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /// The code the client closed with; 1006 if it hung up.
    int awaitClose() {
        return closed.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private synchronized void write(int opcode, byte[] payload) {
        ByteBuffer head = ByteBuffer.allocate(4).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            head.put((byte) payload.length);
        } else {
            head.put((byte) 126).putShort((short) payload.length);
        }
        try {
            socket.getOutputStream().write(head.array(), 0, head.position());
            socket.getOutputStream().write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the connection without a word.
    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
