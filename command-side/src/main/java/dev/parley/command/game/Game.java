package dev.parley.command.game;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.GameId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.game.GameCommand.CreateGame;
import dev.parley.messages.game.GameCommand.TakeSeat;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import dev.parley.messages.game.SeatedGame;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// One game: that it exists, and which of its two seats are taken.
@Aggregate(cache = "aggregateCache")
class Game {

    @AggregateIdentifier
    private @Nullable GameId id;

    private final Set<Seat> taken = EnumSet.noneOf(Seat.class);
    private @Nullable GameCreated created;

    Game() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateGame command) {
        if (created == null) {
            apply(new GameCreated(
                    command.game(),
                    command.name(),
                    command.conversation(),
                    command.by(),
                    command.at().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    /// It refuses a game that does not exist itself, because Axon would log each as a warning.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SeatedGame handle(TakeSeat command) {
        GameCreated game = created;
        if (game == null) {
            throw new Refusal(RejectionCode.NOT_FOUND, "There is no such game");
        }
        if (taken.contains(command.seat())) {
            throw new Refusal(new Rejection(RejectionCode.SEAT_TAKEN, "Somebody holds this seat", "playerColor"));
        }
        apply(new SeatTaken(
                command.game(), command.seat(), command.account(), command.at().truncatedTo(ChronoUnit.MILLIS)));
        return seated(game);
    }

    @EventSourcingHandler
    void on(GameEvent event) {
        id = event.game();
        switch (event) {
            case GameCreated it -> created = it;
            case SeatTaken it -> taken.add(it.seat());
        }
    }

    private static SeatedGame seated(GameCreated game) {
        return new SeatedGame(game.game(), game.name(), game.conversation());
    }
}
