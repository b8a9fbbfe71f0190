package dev.parley.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A fact, as docs/asyncapi.yaml describes its frame.
///
/// @param position over all conversations, rising
/// @param seq in its conversation, dense; null for facts of a member, such as `read`
/// @param event its kind, such as `message`; ignore kinds you do not know
/// @param data by its kind
public record ParleyEvent(
        long position, UUID conversation, @Nullable Long seq, Instant at, String event, JsonNode data) {

    /// The message that was sent.
    ///
    /// @return null for another kind of event
    public @Nullable Message message() {
        if (!event.equals("message")) {
            return null;
        }
        JsonNode body = data.get("body");
        return new Message(
                UUID.fromString(data.path("id").asString()),
                UUID.fromString(data.path("sender").asString()),
                body == null ? null : body.asString());
    }

    /// @param body null for a message that was deleted
    public record Message(UUID id, UUID sender, @Nullable String body) {}
}
