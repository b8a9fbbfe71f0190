package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.GameId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Games, and the application being cleared: facts that go straight to the event store.
public final class Lobby {

    private static final AtomicInteger NUMBERS = new AtomicInteger(1);
    private static final Map<String, AtomicInteger> SEQS = new ConcurrentHashMap<>();

    private final EventStore store;

    public Lobby(EventStore store) {
        this.store = store;
    }

    /// A number that nothing was stored for.
    public GameId number() {
        return new GameId(NUMBERS.getAndIncrement());
    }

    public GameId create(AccountId by, String name) {
        return create(number(), by, name);
    }

    public GameId create(GameId game, AccountId by, String name) {
        ConversationId conversation = new ConversationId(UUID.randomUUID());
        store(game.toString(), new GameCreated(game, name, conversation, by, now()));
        return game;
    }

    public void take(GameId game, Seat seat, AccountId account) {
        store(game.toString(), new SeatTaken(game, seat, account, now()));
    }

    public void clear() {
        String stream = "application";
        store(stream, new ApplicationCleared(seq(stream).get() + 1, new GameId(NUMBERS.get()), now()));
    }

    private void store(String stream, Fact fact) {
        store.publish(
                new GenericDomainEventMessage<>("Lobby", stream, seq(stream).getAndIncrement(), fact));
    }

    private static AtomicInteger seq(String stream) {
        return SEQS.computeIfAbsent(stream, unused -> new AtomicInteger());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
