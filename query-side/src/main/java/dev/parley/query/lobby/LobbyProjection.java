package dev.parley.query.lobby;

import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.game.GameEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Batch;
import dev.parley.query.batch.Recorded;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/// Games and who sits at them to `query_side.game`, in the transaction that moves the processor's token. It can be
/// given any fact again. User names are kept here too, in `query_side.player`: those of the inbox come from another
/// processor, which may be behind.
@Component
@ProcessingGroup(QuerySideConfiguration.LOBBY)
class LobbyProjection {

    private final LobbyTables tables;
    private final Clears clears;
    private final Batch<Recorded<Fact>> batch = new Batch<>("lobby.facts", this::write);

    LobbyProjection(LobbyTables tables, Clears clears) {
        this.tables = tables;
        this.clears = clears;
    }

    /// Handles every event, so that the token moves on with all of them, and reads only those it keeps: Axon gives the
    /// message itself without reading its payload.
    @EventHandler
    void on(DomainEventMessage<?> message, TrackingToken token) {
        if (isKept(message.getPayloadType())) {
            batch.add(new Recorded<>(
                    (Fact) message.getPayload(),
                    token.position().getAsLong(),
                    message.getSequenceNumber(),
                    message.getTimestamp()));
        }
    }

    /// Whether a fact of this type may change the list. Names do not: whoever takes a seat was registered before.
    static boolean isShown(Class<?> fact) {
        return GameEvent.class.isAssignableFrom(fact) || ApplicationEvent.class.isAssignableFrom(fact);
    }

    static boolean isKept(Class<?> fact) {
        return isShown(fact) || fact == AccountRegistered.class;
    }

    /// All of a batch, in the caller's transaction.
    void write(List<Recorded<Fact>> facts) {
        Clear clear = clears.apply(QuerySideConfiguration.LOBBY, facts, tables::empty);
        tables.add(clear.after(AccountRegistered.class, facts));
        tables.write(clear.after(GameEvent.class, facts), clear.firstGame());
    }
}
