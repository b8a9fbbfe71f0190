package dev.parley.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names a conversation. Derived from the pair for a direct conversation, so that a pair has one; random for groups.
public record ConversationId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConversationId {}

    /// @throws IllegalArgumentException if the text is not a UUID
    public static ConversationId of(String text) {
        return new ConversationId(UUID.fromString(text));
    }

    /// The bare UUID: what JSON, URLs and the event store show.
    @Override
    public String toString() {
        return value.toString();
    }
}
