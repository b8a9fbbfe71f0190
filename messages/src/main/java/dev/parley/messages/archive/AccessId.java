package dev.parley.messages.archive;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names one look at the archive: the stream that it is the one fact of. Random.
public record AccessId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AccessId {}

    /// @throws IllegalArgumentException if the text is not a UUID
    public static AccessId of(String text) {
        return new AccessId(UUID.fromString(text));
    }

    /// The bare UUID: what JSON, URLs and the event store show.
    @Override
    public String toString() {
        return value.toString();
    }
}
