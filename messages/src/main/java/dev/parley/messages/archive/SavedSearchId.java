package dev.parley.messages.archive;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names one search that an analyst keeps. Random.
public record SavedSearchId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SavedSearchId {}

    /// @throws IllegalArgumentException if the text is not a UUID
    public static SavedSearchId of(String text) {
        return new SavedSearchId(UUID.fromString(text));
    }

    /// The bare UUID: what JSON, URLs and the event store show.
    @Override
    public String toString() {
        return value.toString();
    }
}
