package dev.parley.command.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.command.Caller;
import dev.parley.command.RealParts;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.game.GameCommand.CreateGame;
import dev.parley.messages.game.GameCommand.TakeSeat;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class GamesIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final Games games = commandSide.getBean(Games.class);
    private final Commands commands = commandSide.getBean(Commands.class);
    private final EventStore eventStore = commandSide.getBean(EventStore.class);
    private final AccountId alice = register();
    private final AccountId bob = register();

    @Test
    void playersTalkWhereTheySit() {
        GameId game = games.create("blitz", alice);
        games.join(game.value(), Seat.WHITE, alice);
        games.join(game.value(), Seat.BLACK, bob);
        List<ConversationEvent> facts = talk(game);
        assertThat(facts.stream().map(Object::getClass))
                .isEqualTo(
                        List.of(ConversationStarted.class, PlayerSeated.class, MemberAdded.class, PlayerSeated.class));
        assertThat((PlayerSeated) facts.getLast())
                .returns(alice, PlayerSeated::white)
                .returns(bob, PlayerSeated::black);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Évora \"blitz\" 👋", "e\u0301 \u202e <b>\t\n", "𝄞𝄞"})
    void aNameIsKeptAsItIs(String name) {
        GameCreated created = (GameCreated) facts(games.create(name, alice)).getFirst();
        assertThat(created.name()).isEqualTo(name);
    }

    @Test
    void aNameIsAtMost200StorableCodePoints() {
        assertThat(games.create("👋".repeat(200), alice)).isNotNull();
        for (String name : List.of("a".repeat(201), "a\0b", "half \ud800")) {
            refuses(() -> games.create(name, alice), RejectionCode.INVALID);
        }
    }

    @Test
    void anUnknownGameIsInvalid() {
        int unknown = games.create("blitz", alice).value() + 1_000_000;
        for (int number : new int[] {Integer.MIN_VALUE, -1, 0, unknown, Integer.MAX_VALUE}) {
            refuses(() -> games.join(number, Seat.WHITE, alice), RejectionCode.INVALID);
        }
    }

    @Test
    void anAccountThatIsGoneCreatesNothing() {
        refuses(() -> games.create("blitz", new AccountId(UUID.randomUUID())), RejectionCode.UNAUTHENTICATED);
    }

    /// Each node decides for itself, as it happens while commands are routed anew: the store lets one append in.
    @Test
    void ofThoseWhoRaceForASeatOnTwoNodesOneGetsIt() throws Exception {
        try (ConfigurableApplicationContext other = RealParts.startCommandSide();
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Commands> nodes = List.of(RealParts.commandsOnlyOn(commandSide), RealParts.commandsOnlyOn(other));
            for (int round = 0; round < 25; round++) {
                GameId game = games.create("race", alice);
                for (Seat seat : Seat.values()) {
                    List<Callable<Boolean>> attempts = new ArrayList<>();
                    for (int i = 0; i < 8; i++) {
                        Commands node = nodes.get(i % nodes.size());
                        attempts.add(() -> takes(node, game, seat));
                    }
                    int winners = 0;
                    for (var attempt : people.invokeAll(attempts)) {
                        winners += attempt.get() ? 1 : 0;
                    }
                    assertThat(winners).isEqualTo(1);
                }
                assertThat(facts(game)).hasSize(3);
            }
        }
    }

    @Test
    void aSeatWhoseRequestWasCutOffIsToldToTheConversation() {
        GameId game = cutOff(games.create("blitz", alice));
        await().atMost(Duration.ofSeconds(20)).until(() -> talk(game).size() == 2);
    }

    @Test
    void factsOfOtherKindsAreNotEvenRead() {
        eventStore.publish(GenericEventMessage.asEventMessage(new Unreadable("text")));
        GameId game = cutOff(games.create("blitz", alice));
        await().atMost(Duration.ofSeconds(20)).until(() -> talk(game).size() == 2);
    }

    @Test
    void aSeatThatTheConversationRefusesHoldsUpNobody() {
        GameId refused = games.create("blitz", alice);
        ConversationId group = new ConversationId(UUID.randomUUID());
        GameId odd = new GameId(refused.value() + 500_000_000);
        commandSide
                .getBean(dev.parley.command.conversation.StartingGroups.class)
                .start(group, "Tea", alice);
        commands.send(new CreateGame(odd, "odd", group, alice, Instant.now()));
        cutOff(odd);
        GameId game = cutOff(games.create("blitz", alice));
        await().atMost(Duration.ofSeconds(20)).until(() -> talk(game).size() == 2);
    }

    /// @return the game, with a seat that its conversation was not told of
    private GameId cutOff(GameId game) {
        commands.send(new TakeSeat(game, Seat.WHITE, alice, Instant.now()));
        return game;
    }

    private boolean takes(Commands node, GameId game, Seat seat) {
        try {
            node.send(new TakeSeat(game, seat, bob, Instant.now()));
            return true;
        } catch (RejectedException refused) {
            assertThat(refused.rejection().code()).isEqualTo(RejectionCode.SEAT_TAKEN);
            return false;
        }
    }

    private List<GameEvent> facts(GameId game) {
        return eventStore
                .readEvents(game.toString())
                .asStream()
                .map(message -> (GameEvent) message.getPayload())
                .toList();
    }

    private List<ConversationEvent> talk(GameId game) {
        GameCreated created = (GameCreated) facts(game).getFirst();
        assertThat(facts(game).get(1)).isInstanceOf(SeatTaken.class);
        return eventStore
                .readEvents(created.conversation().toString())
                .asStream()
                .map(message -> (ConversationEvent) message.getPayload())
                .toList();
    }

    private static void refuses(Runnable request, RejectionCode code) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(request::run)
                .matches(refused -> refused.rejection().code() == code);
    }

    private AccountId register() {
        String name = "player-" + UUID.randomUUID().toString().substring(0, 8);
        return AccountId.of(Caller.register(commandSide, name).account());
    }

    /// An event that nobody who does not want it may read.
    record Unreadable(@JsonValue String text) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Unreadable read(String text) {
            throw new IllegalStateException("Read all the same");
        }
    }
}
