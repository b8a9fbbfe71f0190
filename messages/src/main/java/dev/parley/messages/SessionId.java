package dev.parley.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names a session without giving access to it: safe to show and to log. Random.
public record SessionId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {}

    /// @throws IllegalArgumentException if the text is not a UUID
    public static SessionId of(String text) {
        return new SessionId(UUID.fromString(text));
    }

    /// The bare UUID: what JSON, URLs and the event store show.
    @Override
    public String toString() {
        return value.toString();
    }
}
