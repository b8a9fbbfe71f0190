package dev.parley.command.game;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.game.GameCommand.CreateGame;
import dev.parley.messages.game.GameCommand.TakeSeat;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import dev.parley.messages.game.SeatedGame;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

class GameTest {

    private static final GameId GAME = new GameId(17);
    private static final ConversationId TALK = new ConversationId(UUID.randomUUID());
    private static final AccountId ALICE = new AccountId(UUID.randomUUID());
    private static final AccountId BOB = new AccountId(UUID.randomUUID());
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final GameCreated CREATED = new GameCreated(GAME, "blitz", TALK, ALICE, NOW);

    private final AggregateTestFixture<Game> fixture = new AggregateTestFixture<>(Game.class);

    @Test
    void isCreatedOnce() {
        CreateGame command = new CreateGame(GAME, "blitz", TALK, ALICE, NOW.plusNanos(1));
        fixture.givenNoPriorActivity().when(command).expectEvents(CREATED);
        fixture.given(CREATED).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void aFreeSeatIsTaken() {
        fixture.given(CREATED)
                .when(new TakeSeat(GAME, Seat.WHITE, BOB, NOW))
                .expectEvents(new SeatTaken(GAME, Seat.WHITE, BOB, NOW))
                .expectResultMessagePayload(new SeatedGame(GAME, "blitz", TALK));
    }

    @Test
    void oneAccountMayHoldBothSeats() {
        fixture.given(CREATED, new SeatTaken(GAME, Seat.WHITE, BOB, NOW))
                .when(new TakeSeat(GAME, Seat.BLACK, BOB, NOW))
                .expectEvents(new SeatTaken(GAME, Seat.BLACK, BOB, NOW));
    }

    @Test
    void aHeldSeatIsTakenForEverybody() {
        for (AccountId account : new AccountId[] {ALICE, BOB}) {
            refuses(
                    fixture.given(CREATED, new SeatTaken(GAME, Seat.WHITE, BOB, NOW))
                            .when(new TakeSeat(GAME, Seat.WHITE, account, NOW)),
                    new Rejection(RejectionCode.SEAT_TAKEN, "Somebody holds this seat", "playerColor"));
        }
    }

    @Test
    void hasNoSeatsBeforeItExists() {
        refuses(
                fixture.givenNoPriorActivity().when(new TakeSeat(GAME, Seat.WHITE, BOB, NOW)),
                new Rejection(RejectionCode.NOT_FOUND, "There is no such game"));
    }

    private static void refuses(ResultValidator<Game> result, Rejection rejection) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(rejection);
    }
}
