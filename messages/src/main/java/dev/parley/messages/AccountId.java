package dev.parley.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names a person or an archived nick. Random for people, derived from archive and nick for nicks.
public record AccountId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AccountId {}

    /// @throws IllegalArgumentException if the text is not a UUID
    public static AccountId of(String text) {
        return new AccountId(UUID.fromString(text));
    }

    /// The bare UUID: what JSON, URLs and the event store show.
    @Override
    public String toString() {
        return value.toString();
    }
}
