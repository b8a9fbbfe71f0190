package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.CAROL;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.STRANGER;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.account;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.ChangeHistoryVisibility;
import dev.parley.messages.conversation.ConversationCommand.ChangeMemberRole;
import dev.parley.messages.conversation.ConversationCommand.ChangeTopic;
import dev.parley.messages.conversation.ConversationCommand.FindStanding;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationCommand.RenameConversation;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.conversation.Standing;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A group changes: its owners, roles and what it shows of itself.
class ChangesTest {

    private static final AccountId DAVE = account(4);
    private static final ConversationStarted GROUP = new ConversationStarted(
            TEA,
            ConversationKind.GROUP,
            "Tea",
            ALICE,
            List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER)),
            NOW);
    private static final MemberRemoved ALICE_LEFT = new MemberRemoved(TEA, ALICE, ALICE, NOW);

    private final AggregateTestFixture<Conversation> fixture = Fixtures.conversation();

    @Nested
    class TheLastOwnerLeaves {

        @Test
        void toASuccessorOfTheirChoice() {
            fixture.given(GROUP, added(CAROL, MemberRole.ADMIN))
                    .when(leave(ALICE, BOB))
                    .expectEvents(owner(BOB), ALICE_LEFT);
            fixture.given(GROUP, added(CAROL, MemberRole.READER))
                    .when(leave(ALICE, CAROL))
                    .expectEvents(owner(CAROL), ALICE_LEFT);
        }

        @Test
        void notToAStrangerAndNotToThemselves() {
            refuses(fixture.given(GROUP).when(leave(ALICE, STRANGER)), RejectionCode.NOT_FOUND);
            refuses(fixture.given(GROUP).when(leave(ALICE, ALICE)), RejectionCode.INVALID);
        }

        @Test
        void toTheFirstAdminElseMemberElseReader() {
            fixture.given(GROUP, added(CAROL, MemberRole.ADMIN), added(DAVE, MemberRole.ADMIN))
                    .when(leave(ALICE, null))
                    .expectEvents(owner(CAROL), ALICE_LEFT);
            fixture.given(GROUP, added(CAROL, MemberRole.MEMBER))
                    .when(leave(ALICE, null))
                    .expectEvents(owner(BOB), ALICE_LEFT);
            fixture.given(GROUP, added(CAROL, MemberRole.READER), new MemberRemoved(TEA, BOB, BOB, NOW))
                    .when(leave(ALICE, null))
                    .expectEvents(owner(CAROL), ALICE_LEFT);
        }

        @Test
        void aChangeOfRoleDoesNotChangeWhoCameFirst() {
            fixture.given(
                            GROUP,
                            added(CAROL, MemberRole.MEMBER),
                            role(BOB, MemberRole.READER),
                            role(BOB, MemberRole.MEMBER))
                    .when(leave(ALICE, null))
                    .expectEvents(owner(BOB), ALICE_LEFT);
        }

        @Test
        void alone() {
            fixture.given(GROUP, new MemberRemoved(TEA, BOB, BOB, NOW))
                    .when(leave(ALICE, null))
                    .expectEvents(ALICE_LEFT);
        }

        @Test
        void orIsNotTheLast() {
            fixture.given(GROUP, added(CAROL, MemberRole.OWNER))
                    .when(leave(ALICE, BOB))
                    .expectEvents(ALICE_LEFT);
        }

        @Test
        void andTheSuccessorIsAnOwnerInEverything() {
            fixture.given(GROUP, owner(BOB), ALICE_LEFT)
                    .when(new AddMember(TEA, CAROL, MemberRole.OWNER, BOB, NOW))
                    .expectEvents(new MemberAdded(TEA, CAROL, MemberRole.OWNER, BOB, NOW));
        }
    }

    @Test
    void rolesAreGivenAndTaken() {
        fixture.given(GROUP)
                .when(new ChangeMemberRole(TEA, BOB, MemberRole.OWNER, ALICE, NOW.plusNanos(1)))
                .expectEvents(owner(BOB));
        fixture.given(GROUP, owner(BOB))
                .when(new ChangeMemberRole(TEA, ALICE, MemberRole.READER, BOB, NOW))
                .expectEvents(new MemberRoleChanged(TEA, ALICE, MemberRole.READER, BOB, NOW));
        fixture.given(GROUP)
                .when(new ChangeMemberRole(TEA, BOB, MemberRole.MEMBER, ALICE, NOW))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        refuses(
                fixture.given(GROUP).when(new ChangeMemberRole(TEA, CAROL, MemberRole.ADMIN, ALICE, NOW)),
                RejectionCode.NOT_FOUND);
    }

    @Test
    void theLastOwnerDoesNotStepDown() {
        refuses(
                fixture.given(GROUP).when(new ChangeMemberRole(TEA, ALICE, MemberRole.ADMIN, ALICE, NOW)),
                RejectionCode.FORBIDDEN);
        fixture.given(GROUP, owner(BOB))
                .when(new ChangeMemberRole(TEA, ALICE, MemberRole.ADMIN, ALICE, NOW))
                .expectSuccessfulHandlerExecution();
        refuses(
                fixture.given(GROUP, owner(BOB), role(ALICE, MemberRole.ADMIN))
                        .when(new ChangeMemberRole(TEA, BOB, MemberRole.ADMIN, BOB, NOW)),
                RejectionCode.FORBIDDEN);
    }

    @Test
    void aTitleIsGivenAndTakenAway() {
        fixture.given(GROUP)
                .when(new RenameConversation(TEA, "Coffee", ALICE, NOW))
                .expectEvents(new ConversationRenamed(TEA, "Coffee", ALICE, NOW));
        fixture.given(GROUP)
                .when(new RenameConversation(TEA, null, ALICE, NOW))
                .expectEvents(new ConversationRenamed(TEA, null, ALICE, NOW));
        fixture.given(GROUP, new ConversationRenamed(TEA, "Coffee", ALICE, NOW))
                .when(new RenameConversation(TEA, "Coffee", ALICE, NOW))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        for (String bad : List.of(" ", "a\0b", "half \ud800", "x".repeat(201))) {
            refuses(fixture.given(GROUP).when(new RenameConversation(TEA, bad, ALICE, NOW)), RejectionCode.INVALID);
        }
    }

    @Test
    void aTopicIsGivenAndTakenAway() {
        fixture.given(GROUP)
                .when(new ChangeTopic(TEA, "x".repeat(1_000), ALICE, NOW))
                .expectEvents(new TopicChanged(TEA, "x".repeat(1_000), ALICE, NOW));
        fixture.given(GROUP)
                .when(new ChangeTopic(TEA, null, ALICE, NOW))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        refuses(fixture.given(GROUP).when(new ChangeTopic(TEA, "x".repeat(1_001), ALICE, NOW)), RejectionCode.INVALID);
    }

    @Test
    void historyIsOpenedAndClosed() {
        HistoryVisibilityChanged opened = new HistoryVisibilityChanged(TEA, HistoryVisibility.ALL, ALICE, NOW);
        ChangeHistoryVisibility open = new ChangeHistoryVisibility(TEA, HistoryVisibility.ALL, ALICE, NOW);
        fixture.given(GROUP).when(open).expectEvents(opened);
        fixture.given(GROUP, opened).when(open).expectNoEvents().expectSuccessfulHandlerExecution();
        fixture.givenNoPriorActivity()
                .when(new StartConversation(
                        TEA, ConversationKind.GROUP, "Tea", ALICE, List.of(BOB), HistoryVisibility.ALL, NOW))
                .expectEvents(GROUP, opened);
        fixture.givenNoPriorActivity()
                .when(new StartConversation(
                        TEA, ConversationKind.GROUP, "Tea", ALICE, List.of(BOB), HistoryVisibility.SINCE_JOINING, NOW))
                .expectEvents(GROUP);
    }

    @Test
    void aStandingIsToldToMembers() {
        fixture.given(GROUP, added(CAROL, MemberRole.READER))
                .when(new FindStanding(TEA, CAROL, NOW))
                .expectNoEvents()
                .expectResultMessagePayload(new Standing(MemberRole.READER, 3));
        refuses(fixture.given(GROUP).when(new FindStanding(TEA, STRANGER, NOW)), RejectionCode.NOT_A_MEMBER);
    }

    @Test
    void aFullGroupTakesNobody() {
        AggregateTestFixture<Conversation> small =
                Fixtures.conversation(Fixtures.limits(Map.of("limits.members", "2")), (conversation, seq) -> null);
        refuses(
                small.given(GROUP).when(new AddMember(TEA, CAROL, MemberRole.MEMBER, ALICE, NOW)),
                RejectionCode.CONVERSATION_FULL);
    }

    private static void refuses(ResultValidator<Conversation> result, RejectionCode code) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(Refused.with(code));
    }

    private static RemoveMember leave(AccountId account, AccountId successor) {
        return new RemoveMember(TEA, account, successor, account, NOW);
    }

    private static MemberAdded added(AccountId account, MemberRole role) {
        return new MemberAdded(TEA, account, role, ALICE, NOW);
    }

    private static MemberRoleChanged owner(AccountId account) {
        return role(account, MemberRole.OWNER);
    }

    private static MemberRoleChanged role(AccountId account, MemberRole role) {
        return new MemberRoleChanged(TEA, account, role, ALICE, NOW);
    }
}
