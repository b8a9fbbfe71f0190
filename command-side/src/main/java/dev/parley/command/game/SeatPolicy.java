package dev.parley.command.game;

import dev.parley.command.dispatch.Commands;
import dev.parley.command.era.Eras;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.SeatPlayer;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes who took a seat a member of the game's conversation, should the request have ended in between.
/// As a rule the request has done it, and the conversation says nothing to the repetition.
///
/// It handles one kind of fact, so the payloads of all others are passed over unread. While the node or
/// the conversation cannot be reached its processor tries again; a game that was cleared and a refusal
/// do not stop it.
@Component
@ProcessingGroup(SeatPolicy.NAME)
class SeatPolicy {

    static final String NAME = "game-seats";

    private static final Logger log = LoggerFactory.getLogger(SeatPolicy.class);

    private final Eras eras;
    private final EventStore eventStore;
    private final Commands commands;

    SeatPolicy(Eras eras, EventStore eventStore, Commands commands) {
        this.eras = eras;
        this.eventStore = eventStore;
        this.commands = commands;
    }

    @EventHandler
    void on(SeatTaken event) {
        if (eras.current().isOver(event.game())) {
            return;
        }
        GameCreated game = created(event);
        try {
            commands.send(new SeatPlayer(
                    game.conversation(), game.game(), game.name(), event.seat(), event.account(), event.at()));
        } catch (RejectedException refused) {
            if (refused.rejection().code() == RejectionCode.UNAVAILABLE) {
                throw refused;
            }
            log.atWarn()
                    .addKeyValue("game", event.game())
                    .addKeyValue("seat", event.seat())
                    .addKeyValue("code", refused.rejection().code().text())
                    .log("A player could not be seated in the game's conversation");
        }
    }

    /// The first fact of the game; a game has three at most.
    private GameCreated created(SeatTaken event) {
        return eventStore
                .readEvents(event.game().toString())
                .asStream()
                .map(message -> message.getPayload())
                .filter(GameCreated.class::isInstance)
                .map(GameCreated.class::cast)
                .toList()
                .getFirst();
    }
}
