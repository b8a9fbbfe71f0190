package dev.parley.messages.game;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Requests to change one game, routed by its number. `at` is the caller's clock: aggregates have none.
public sealed interface GameCommand {

    GameId game();

    /// Repeated for the same game it changes nothing.
    record CreateGame(
            @TargetAggregateIdentifier GameId game, String name, ConversationId conversation, AccountId by, Instant at)
            implements GameCommand {}

    /// Answers with [SeatedGame]. A seat that somebody holds, the same account included, is rejected as `seat-taken`,
    /// a game that was never created as `not-found`.
    record TakeSeat(@TargetAggregateIdentifier GameId game, Seat seat, AccountId account, Instant at)
            implements GameCommand {}
}
