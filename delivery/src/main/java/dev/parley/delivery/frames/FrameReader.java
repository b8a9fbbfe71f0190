package dev.parley.delivery.frames;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads client frames. Thread-safe. Whatever the text is, the answer is a [ClientFrame].
public final class FrameReader {

    private static final int MAX_ECHOED_ID = 64;

    private final JsonMapper json = JsonMapper.builder().build();

    public ClientFrame read(String text) {
        JsonNode node;
        try {
            node = json.readTree(text);
        } catch (JacksonException e) {
            return new ClientFrame.Broken();
        }
        JsonNode type = node.isObject() ? node.get("type") : null;
        if (type == null || !type.isString()) {
            return new ClientFrame.Broken();
        }
        try {
            return read(type.stringValue(), new Fields(node));
        } catch (RejectedException e) {
            return new ClientFrame.Refused(type.stringValue(), echo(node.get("id")), e.rejection());
        }
    }

    private static ClientFrame read(String type, Fields fields) {
        return switch (type) {
            case "hello" ->
                new ClientFrame.Hello(fields.text("token"), fields.device(), fields.position(), fields.window());
            case "send" ->
                new ClientFrame.Send(fields.messageId("id"), fields.conversation("conversation"), fields.text("body"));
            case "ack" -> new ClientFrame.Ack(fields.number("position"));
            case "typing" -> new ClientFrame.Typing(fields.conversation("conversation"), fields.flag("on"));
            case "reauth" -> new ClientFrame.Reauth(fields.text("token"));
            case "ping" -> new ClientFrame.Ping();
            default -> throw new RejectedException(Rejection.invalid("type", "This type is not known here"));
        };
    }

    /// What can be sent back: half of a surrogate pair cannot.
    private static @Nullable String echo(@Nullable JsonNode id) {
        if (id == null || !id.isString()) {
            return null;
        }
        String text = id.stringValue();
        return text.length() <= MAX_ECHOED_ID && !Fields.hasLoneSurrogate(text) ? text : null;
    }
}
