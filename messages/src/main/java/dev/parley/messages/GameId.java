package dev.parley.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a game: a number that is given once and never again, so that clients can keep it in 32 bits.
///
/// @param value 1 to 2,147,483,647
public record GameId(@JsonValue int value) {

    /// @throws IllegalArgumentException below 1
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GameId {
        if (value < 1) {
            throw new IllegalArgumentException("A game's number is positive");
        }
    }

    /// `game-17`: the name of its stream in the event store. In JSON it is the bare number.
    @Override
    public String toString() {
        return "game-" + value;
    }
}
