package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.CAROL;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.STRANGER;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.id;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final ConversationStarted GROUP = new ConversationStarted(
            TEA,
            ConversationKind.GROUP,
            "Tea",
            ALICE,
            List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER)),
            NOW);
    private static final ConversationStarted DIRECT = new ConversationStarted(
            TEA,
            ConversationKind.DIRECT,
            null,
            ALICE,
            List.of(new Member(ALICE, MemberRole.MEMBER), new Member(BOB, MemberRole.MEMBER)),
            NOW);

    private final AggregateTestFixture<Conversation> fixture = Fixtures.conversation();

    @Nested
    class Start {

        @Test
        void theCreatorOwnsAGroup() {
            fixture.givenNoPriorActivity()
                    .when(start(ConversationKind.GROUP, "Tea", ALICE, BOB))
                    .expectEvents(GROUP)
                    .expectResultMessagePayload(new Started(true, GROUP.members()));
        }

        @Test
        void theTwoOfAPairAreEqual() {
            fixture.givenNoPriorActivity()
                    .when(start(ConversationKind.DIRECT, "ignored", ALICE, BOB))
                    .expectEvents(DIRECT);
        }

        @Test
        void theSamePairAgainIsTheSameConversationWhoeverStartsIt() {
            fixture.given(DIRECT)
                    .when(start(ConversationKind.DIRECT, null, BOB, ALICE))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Started(false, DIRECT.members()));
        }

        @Test
        void theSameGroupAgainChangesNothing() {
            fixture.given(GROUP)
                    .when(start(ConversationKind.GROUP, "Tea", ALICE, BOB))
                    .expectNoEvents()
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void anotherConversationUnderTheSameIdIsRefused() {
            refuses(
                    fixture.given(GROUP).when(start(ConversationKind.DIRECT, null, ALICE, BOB)),
                    RejectionCode.FORBIDDEN);
            refuses(fixture.given(GROUP).when(start(ConversationKind.GROUP, "Tea", BOB)), RejectionCode.FORBIDDEN);
            refuses(
                    fixture.given(DIRECT).when(start(ConversationKind.DIRECT, null, ALICE, CAROL)),
                    RejectionCode.FORBIDDEN);
        }

        @Test
        void membersAreNamedOnce() {
            refuses(
                    fixture.givenNoPriorActivity().when(start(ConversationKind.GROUP, "Tea", ALICE, BOB, BOB)),
                    RejectionCode.INVALID);
            refuses(
                    fixture.givenNoPriorActivity().when(start(ConversationKind.GROUP, "Tea", ALICE, ALICE)),
                    RejectionCode.INVALID);
        }

        @Test
        void aPairIsTwo() {
            refuses(
                    fixture.givenNoPriorActivity().when(start(ConversationKind.DIRECT, null, ALICE, BOB, CAROL)),
                    RejectionCode.INVALID);
            refuses(
                    fixture.givenNoPriorActivity().when(start(ConversationKind.DIRECT, null, ALICE)),
                    RejectionCode.INVALID);
        }

        @Test
        void twentyThousandAreEnough() {
            AccountId[] others = IntStream.range(1_000, 1_000 + Fixtures.LIMITS.members())
                    .mapToObj(Ids::account)
                    .toArray(AccountId[]::new);
            refuses(
                    fixture.givenNoPriorActivity().when(start(ConversationKind.GROUP, "Tea", ALICE, others)),
                    RejectionCode.CONVERSATION_FULL);
        }
    }

    @Nested
    class Membership {

        @Test
        void theOwnerAddsAndRemoves() {
            fixture.given(GROUP)
                    .when(new AddMember(TEA, CAROL, MemberRole.READER, ALICE, NOW))
                    .expectEvents(new MemberAdded(TEA, CAROL, MemberRole.READER, ALICE, NOW));
            fixture.given(GROUP)
                    .when(new RemoveMember(TEA, BOB, ALICE, NOW))
                    .expectEvents(new MemberRemoved(TEA, BOB, ALICE, NOW));
        }

        @Test
        void anAdminHasPowerOverMembersOnly() {
            fixture.given(GROUP, added(CAROL, MemberRole.ADMIN))
                    .when(new RemoveMember(TEA, BOB, CAROL, NOW))
                    .expectSuccessfulHandlerExecution();
            refuses(
                    fixture.given(GROUP, added(CAROL, MemberRole.ADMIN)).when(new RemoveMember(TEA, ALICE, CAROL, NOW)),
                    RejectionCode.FORBIDDEN);
            refuses(
                    fixture.given(GROUP, added(CAROL, MemberRole.ADMIN))
                            .when(new AddMember(TEA, STRANGER, MemberRole.ADMIN, CAROL, NOW)),
                    RejectionCode.FORBIDDEN);
        }

        @Test
        void aMemberNeitherAddsNorRemovesOthersButLeaves() {
            refuses(
                    fixture.given(GROUP).when(new AddMember(TEA, CAROL, MemberRole.READER, BOB, NOW)),
                    RejectionCode.FORBIDDEN);
            refuses(
                    fixture.given(GROUP, added(CAROL, MemberRole.READER)).when(new RemoveMember(TEA, CAROL, BOB, NOW)),
                    RejectionCode.FORBIDDEN);
            fixture.given(GROUP)
                    .when(new RemoveMember(TEA, BOB, BOB, NOW))
                    .expectEvents(new MemberRemoved(TEA, BOB, BOB, NOW));
        }

        @Test
        void strangersChangeNothing() {
            refuses(
                    fixture.given(GROUP).when(new AddMember(TEA, CAROL, MemberRole.MEMBER, STRANGER, NOW)),
                    RejectionCode.NOT_A_MEMBER);
            refuses(
                    fixture.given(GROUP).when(new RemoveMember(TEA, STRANGER, STRANGER, NOW)),
                    RejectionCode.NOT_A_MEMBER);
        }

        @Test
        void nobodyIsAddedTwiceOrRemovedWhoIsNotThere() {
            refuses(
                    fixture.given(GROUP).when(new AddMember(TEA, BOB, MemberRole.MEMBER, ALICE, NOW)),
                    RejectionCode.ALREADY_A_MEMBER);
            refuses(fixture.given(GROUP).when(new RemoveMember(TEA, CAROL, ALICE, NOW)), RejectionCode.NOT_FOUND);
        }

        @Test
        void aPairIsClosed() {
            refuses(
                    fixture.given(DIRECT).when(new AddMember(TEA, CAROL, MemberRole.MEMBER, ALICE, NOW)),
                    RejectionCode.FORBIDDEN);
            refuses(fixture.given(DIRECT).when(new RemoveMember(TEA, ALICE, ALICE, NOW)), RejectionCode.FORBIDDEN);
        }
    }

    @Nested
    class Send {

        @Test
        void aMessageIsAcceptedWithItsPlace() {
            fixture.given(GROUP)
                    .when(send(BOB, 0, "hi"))
                    .expectEvents(new MessageSent(TEA, id(0, 1), BOB, "hi", NOW))
                    .expectResultMessagePayload(new Accepted(id(0, 1), TEA, 1, NOW));
        }

        @Test
        void aRepeatedSendIsSilent() {
            fixture.given(GROUP, sent(BOB, "hi"), added(CAROL, MemberRole.MEMBER))
                    .when(new SendMessage(TEA, id(0, 1), BOB, "hi", NOW.plusSeconds(60)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Accepted(id(0, 1), TEA, 1, NOW));
        }

        @Test
        void anIdIsNotUsedForOtherContentOrBySomebodyElse() {
            refuses(fixture.given(GROUP, sent(BOB, "hi")).when(send(BOB, 0, "ho")), RejectionCode.MESSAGE_ID_REUSED);
            refuses(fixture.given(GROUP, sent(BOB, "hi")).when(send(ALICE, 0, "hi")), RejectionCode.MESSAGE_ID_REUSED);
        }

        @Test
        void strangersAndReadersCannotSend() {
            refuses(fixture.given(GROUP).when(send(STRANGER, 0, "hi")), RejectionCode.NOT_A_MEMBER);
            refuses(
                    fixture.given(GROUP, added(CAROL, MemberRole.READER)).when(send(CAROL, 0, "hi")),
                    RejectionCode.FORBIDDEN);
            refuses(
                    fixture.given(GROUP, new MemberRemoved(TEA, BOB, ALICE, NOW))
                            .when(send(BOB, 0, "hi")),
                    RejectionCode.NOT_A_MEMBER);
        }

        @Test
        void aBodyIsTextOfAtMost16KiB() {
            refuses(fixture.given(GROUP).when(send(BOB, 0, " \n ")), RejectionCode.INVALID);
            refuses(fixture.given(GROUP).when(send(BOB, 0, "a\0b")), RejectionCode.INVALID);
            refuses(fixture.given(GROUP).when(send(BOB, 0, "half \ud800")), RejectionCode.INVALID);
            refuses(fixture.given(GROUP).when(send(BOB, 0, "é".repeat(8_193))), RejectionCode.TOO_LARGE);
            fixture.given(GROUP).when(send(BOB, 0, "é".repeat(8_192))).expectSuccessfulHandlerExecution();
        }

        @Test
        void anIdIsNotOfTheFarFuture() {
            long day = Duration.ofDays(1).toMillis();
            fixture.given(GROUP).when(send(BOB, day, "hi")).expectSuccessfulHandlerExecution();
            refuses(fixture.given(GROUP).when(send(BOB, day + 1, "hi")), RejectionCode.INVALID);
        }
    }

    private static void refuses(ResultValidator<Conversation> result, RejectionCode code) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(Refused.with(code));
    }

    private static StartConversation start(ConversationKind kind, String title, AccountId by, AccountId... others) {
        return new StartConversation(TEA, kind, title, by, List.of(others), NOW);
    }

    private static MemberAdded added(AccountId account, MemberRole role) {
        return new MemberAdded(TEA, account, role, ALICE, NOW);
    }

    private static MessageSent sent(AccountId sender, String body) {
        return new MessageSent(TEA, id(0, 1), sender, body, NOW);
    }

    private static SendMessage send(AccountId sender, long millis, String body) {
        return new SendMessage(TEA, id(millis, 1), sender, body, NOW);
    }
}
