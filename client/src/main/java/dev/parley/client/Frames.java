package dev.parley.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Frames as text, and text as frames. Thread-safe.
final class Frames {

    private static final JsonMapper JSON = new JsonMapper();

    /// Bytes of UTF-8 in a frame: `parley.delivery.socket.max-frame`.
    private static final int MOST = 64 << 10;

    private Frames() {}

    /// Why no server would take it, and end the connection over it.
    ///
    /// @return null for a text that may be sent
    static @Nullable ProblemException fault(String text) {
        try {
            int size = UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
            return size <= MOST ? null : new ProblemException("too-large", "A frame has 64 KiB at most", null);
        } catch (CharacterCodingException halfPair) {
            return new ProblemException("invalid", "Half a surrogate pair is no text", null);
        }
    }

    static JsonNode read(String text) {
        return JSON.readTree(text);
    }

    static String hello(ClientOptions options, @Nullable Long position) {
        ObjectNode frame = frame("hello")
                .put("token", options.token().get())
                .put("device", options.device())
                .put("window", options.window());
        return (position == null ? frame : frame.put("position", position)).toString();
    }

    static String ack(long position) {
        return frame("ack").put("position", position).toString();
    }

    static String ping() {
        return frame("ping").toString();
    }

    static String reauth(String token) {
        return frame("reauth").put("token", token).toString();
    }

    static String typing(UUID conversation, boolean on) {
        return frame("typing")
                .put("conversation", conversation.toString())
                .put("on", on)
                .toString();
    }

    static ObjectNode request(String type, UUID id, UUID conversation) {
        return frame(type).put("id", id.toString()).put("conversation", conversation.toString());
    }

    static ObjectNode send(UUID id, UUID conversation, Draft draft) {
        ObjectNode frame = request("send", id, conversation).put("body", draft.body());
        if (draft.replyTo() != null) {
            frame.put("replyTo", draft.replyTo().toString());
        }
        mention(frame, draft.mentions());
        if (!draft.attachments().isEmpty()) {
            ArrayNode list = frame.putArray("attachments");
            for (Attachment attachment : draft.attachments()) {
                list.addObject()
                        .put("name", attachment.name())
                        .put("mediaType", attachment.mediaType())
                        .put("size", attachment.size())
                        .put("sha256", attachment.sha256())
                        .put("uri", attachment.uri().toString());
            }
        }
        return frame;
    }

    static ObjectNode mention(ObjectNode frame, List<UUID> mentions) {
        if (!mentions.isEmpty()) {
            ArrayNode list = frame.putArray("mentions");
            mentions.forEach(account -> list.add(account.toString()));
        }
        return frame;
    }

    static ParleyEvent event(JsonNode frame) {
        JsonNode seq = frame.get("seq");
        return new ParleyEvent(
                frame.path("position").longValue(),
                uuid(frame, "conversation"),
                seq == null ? null : seq.longValue(),
                Instant.parse(frame.path("at").asString()),
                frame.path("event").asString(),
                frame.path("data"));
    }

    static Accepted accepted(JsonNode frame) {
        return new Accepted(
                uuid(frame, "id"),
                uuid(frame, "conversation"),
                frame.path("seq").longValue(),
                Instant.parse(frame.path("at").asString()));
    }

    static ProblemException problem(JsonNode frame) {
        JsonNode field = frame.get("field");
        return new ProblemException(
                frame.path("code").asString(""),
                frame.path("detail").asString(""),
                field == null ? null : field.asString());
    }

    /// @return null for a signal this version does not know
    static @Nullable ParleySignal signal(JsonNode frame) {
        return switch (frame.path("signal").asString("")) {
            case "typing" ->
                new ParleySignal.Typing(
                        uuid(frame, "account"),
                        uuid(frame, "conversation"),
                        frame.path("on").booleanValue());
            case "presence" ->
                new ParleySignal.Presence(
                        uuid(frame, "account"),
                        frame.path("online").booleanValue(),
                        frame.has("lastActive")
                                ? Instant.parse(frame.path("lastActive").asString())
                                : null);
            default -> null;
        };
    }

    /// @return null where it is absent or no UUID
    static @Nullable UUID id(JsonNode frame) {
        try {
            return frame.has("id") ? uuid(frame, "id") : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static UUID uuid(JsonNode frame, String field) {
        return UUID.fromString(frame.path(field).asString(""));
    }

    private static ObjectNode frame(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}
