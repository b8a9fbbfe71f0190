package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.CAROL;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.id;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationCommand.SeatPlayer;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.game.Seat;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A game's conversation.
class SeatingTest {

    private static final GameId GAME = new GameId(17);
    private static final ConversationStarted STARTED = started("blitz");
    private static final PlayerSeated ALICE_SITS = seated(Seat.BLACK, ALICE, null, ALICE);
    private static final MemberAdded BOB_JOINS = new MemberAdded(TEA, BOB, MemberRole.MEMBER, BOB, NOW);
    private static final PlayerSeated BOB_SITS = seated(Seat.WHITE, BOB, BOB, ALICE);

    private final AggregateTestFixture<Conversation> fixture = Fixtures.conversation();

    @Test
    void theFirstPlayerStartsIt() {
        fixture.givenNoPriorActivity().when(seat(Seat.BLACK, ALICE, "blitz")).expectEvents(STARTED, ALICE_SITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u2003\n"})
    void aNameOfBlanksIsNoTitle(String name) {
        fixture.givenNoPriorActivity().when(seat(Seat.BLACK, ALICE, name)).expectEvents(started(null), ALICE_SITS);
    }

    @Test
    void theSecondPlayerJoins() {
        fixture.given(STARTED, ALICE_SITS).when(seat(Seat.WHITE, BOB, "blitz")).expectEvents(BOB_JOINS, BOB_SITS);
    }

    @Test
    void whoTakesBothSeatsIsOneMember() {
        fixture.given(STARTED, ALICE_SITS)
                .when(seat(Seat.WHITE, ALICE, "blitz"))
                .expectEvents(seated(Seat.WHITE, ALICE, ALICE, ALICE));
    }

    @Test
    void aSeatIsToldOnce() {
        fixture.given(STARTED, ALICE_SITS, BOB_JOINS, BOB_SITS)
                .when(seat(Seat.BLACK, ALICE, "blitz"))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        refuses(fixture.given(STARTED, ALICE_SITS).when(seat(Seat.BLACK, BOB, "blitz")), RejectionCode.SEAT_TAKEN);
    }

    @Test
    void nobodyComesOrGoesWithoutASeat() {
        refuses(
                fixture.given(STARTED, ALICE_SITS).when(new AddMember(TEA, CAROL, MemberRole.MEMBER, ALICE, NOW)),
                RejectionCode.FORBIDDEN);
        refuses(
                fixture.given(STARTED, ALICE_SITS, BOB_JOINS, BOB_SITS).when(new RemoveMember(TEA, BOB, ALICE, NOW)),
                RejectionCode.FORBIDDEN);
        refuses(
                fixture.given(STARTED, ALICE_SITS, BOB_JOINS, BOB_SITS).when(new RemoveMember(TEA, BOB, BOB, NOW)),
                RejectionCode.FORBIDDEN);
    }

    @Test
    void thePlayersTalk() {
        fixture.given(STARTED, ALICE_SITS, BOB_JOINS, BOB_SITS)
                .when(new SendMessage(TEA, id(0, 1), BOB, "e4", NOW))
                .expectEvents(new MessageSent(TEA, id(0, 1), BOB, "e4", NOW));
        refuses(
                fixture.given(STARTED, ALICE_SITS).when(new SendMessage(TEA, id(0, 1), BOB, "e4", NOW)),
                RejectionCode.NOT_A_MEMBER);
    }

    @Test
    void onlyASeatStartsIt() {
        StartConversation start = new StartConversation(TEA, ConversationKind.GAME, "blitz", ALICE, List.of(), NOW);
        refuses(fixture.givenNoPriorActivity().when(start), RejectionCode.FORBIDDEN);
        refuses(fixture.given(STARTED, ALICE_SITS).when(start), RejectionCode.FORBIDDEN);
    }

    @Test
    void otherConversationsHaveNoSeats() {
        List<Member> members = List.of(new Member(ALICE, MemberRole.OWNER));
        refuses(
                fixture.given(new ConversationStarted(TEA, ConversationKind.GROUP, "Tea", ALICE, members, NOW))
                        .when(seat(Seat.WHITE, ALICE, "blitz")),
                RejectionCode.FORBIDDEN);
    }

    private static void refuses(ResultValidator<Conversation> result, RejectionCode code) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(Refused.with(code));
    }

    private static SeatPlayer seat(Seat seat, AccountId account, String name) {
        return new SeatPlayer(TEA, GAME, name, seat, account, NOW.plusNanos(1));
    }

    private static ConversationStarted started(String title) {
        List<Member> members = List.of(new Member(ALICE, MemberRole.MEMBER));
        return new ConversationStarted(TEA, ConversationKind.GAME, title, ALICE, members, NOW);
    }

    private static PlayerSeated seated(Seat seat, AccountId account, AccountId white, AccountId black) {
        return new PlayerSeated(TEA, GAME, seat, account, white, black, NOW);
    }
}
