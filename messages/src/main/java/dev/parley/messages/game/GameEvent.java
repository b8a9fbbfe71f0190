package dev.parley.messages.game;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.GameId;
import dev.parley.messages.StoredName;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/// Facts about one game, in the order they happened.
public sealed interface GameEvent extends Fact {

    GameId game();

    /// @param name at most 200 characters; other games may bear it too
    /// @param conversation where its players talk; it starts when the first of them sits down
    @StoredName("GameCreated")
    @Revision("1")
    record GameCreated(GameId game, String name, ConversationId conversation, AccountId by, Instant at)
            implements GameEvent {}

    /// @param account of a player, who may hold both seats
    @StoredName("SeatTaken")
    @Revision("1")
    record SeatTaken(GameId game, Seat seat, AccountId account, Instant at) implements GameEvent {}
}
