package dev.parley.delivery.frames;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads client frames. Thread-safe. Whatever the text is, the answer is a [ClientFrame].
///
/// Hostile text costs no more than its length: what nests deeper, or has a longer name or number, than any frame needs
/// is [ClientFrame.Broken], and so is an object with a name twice (RFC 7493, section 2.3), of which each reader could
/// take another. Names are not kept between frames.
public final class FrameReader {

    /// Room for fields to come: frames of today nest three deep.
    static final int MAX_DEPTH = 32;

    static final int MAX_NAME = 256;

    /// In characters. A whole number of 64 bits has at most 20.
    static final int MAX_NUMBER = 400;

    static final int MAX_ECHOED_ID = 64;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNameLength(MAX_NAME)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .build();

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
            case "ack" -> new ClientFrame.Ack(fields.number("position"));
            case "typing" -> new ClientFrame.Typing(fields.conversation(), fields.flag("on"));
            case "reauth" -> new ClientFrame.Reauth(fields.text("token"));
            case "ping" -> new ClientFrame.Ping();
            case "send", "edit", "delete", "react", "unreact", "read" -> request(type, fields);
            default -> throw new RejectedException(Rejection.invalid("type", "This type is not known here"));
        };
    }

    private static ClientFrame.Request request(String type, Fields fields) {
        var id = fields.messageId("id");
        var conversation = fields.conversation();
        return switch (type) {
            case "send" ->
                new ClientFrame.Send(
                        id,
                        conversation,
                        fields.text("body"),
                        fields.messageIdOrNull("replyTo"),
                        fields.mentions(),
                        fields.attachments());
            case "edit" ->
                new ClientFrame.Edit(
                        id, conversation, fields.messageId("message"), fields.text("body"), fields.mentions());
            case "delete" ->
                new ClientFrame.Delete(id, conversation, fields.messageId("message"), fields.placeOrNull("seq"));
            case "react" ->
                new ClientFrame.React(id, conversation, fields.messageId("message"), fields.text("reaction"));
            case "unreact" ->
                new ClientFrame.Unreact(id, conversation, fields.messageId("message"), fields.text("reaction"));
            default -> new ClientFrame.Read(id, conversation, fields.place("seq"));
        };
    }

    /// The id of a request, as it is, so that the client finds what was refused.
    private static @Nullable String echo(@Nullable JsonNode id) {
        if (id == null || !id.isString()) {
            return null;
        }
        String text = id.stringValue();
        return text.length() <= MAX_ECHOED_ID && Fields.isUnicode(text) ? text : null;
    }
}
