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
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationCommand.DeleteMessage;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationCommand.RemoveReaction;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What becomes of a message after it was sent.
class AfterwardsTest {

    private static final Instant LATER = NOW.plusSeconds(60);
    private static final MessageId MESSAGE = id(0, 1);
    private static final MessageId EDIT = id(1, 2);
    private static final MessageId IMPORTED = id(-1_000_000, 3);
    private static final ConversationStarted GROUP = new ConversationStarted(
            TEA,
            ConversationKind.GROUP,
            "Tea",
            ALICE,
            List.of(
                    new Member(ALICE, MemberRole.OWNER),
                    new Member(BOB, MemberRole.MEMBER),
                    new Member(CAROL, MemberRole.ADMIN)),
            NOW);
    private static final MessageSent SENT = new MessageSent(TEA, MESSAGE, BOB, "hi", NOW);
    private static final MessageEdited EDITED =
            new MessageEdited(TEA, MESSAGE, 1, EDIT, BOB, "hello", List.of(ALICE), LATER);
    private static final MessageDeleted DELETED = new MessageDeleted(TEA, MESSAGE, 1, BOB, BOB, LATER);

    private final AggregateTestFixture<Conversation> fixture = Fixtures.conversation();

    @Nested
    class Edited {

        @Test
        void theAuthorSaysItDifferently() {
            fixture.given(GROUP, SENT)
                    .when(edit(EDIT, "hello", ALICE))
                    .expectEvents(EDITED)
                    .expectResultMessagePayload(new Accepted(EDIT, TEA, 2, LATER));
        }

        @Test
        void aRepeatHasTheFirstAnswer() {
            fixture.given(GROUP, SENT, EDITED)
                    .when(new EditMessage(TEA, EDIT, MESSAGE, BOB, "hello", List.of(ALICE), LATER.plusSeconds(9)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Accepted(EDIT, TEA, 2, LATER));
        }

        @Test
        void itsIdIsUsedForNothingElse() {
            MessageSent another = new MessageSent(TEA, id(0, 9), BOB, "hi", NOW);
            refuses(fixture.given(GROUP, SENT, EDITED).when(edit(EDIT, "ho")), RejectionCode.MESSAGE_ID_REUSED);
            refuses(fixture.given(GROUP, SENT, EDITED).when(edit(EDIT, "hello")), RejectionCode.MESSAGE_ID_REUSED);
            refuses(fixture.given(GROUP, SENT).when(edit(MESSAGE, "hello")), RejectionCode.MESSAGE_ID_REUSED);
            refuses(
                    fixture.given(GROUP, SENT, EDITED).when(new SendMessage(TEA, EDIT, BOB, "hello", LATER)),
                    RejectionCode.MESSAGE_ID_REUSED);
            refuses(
                    fixture.given(GROUP, SENT, another, EDITED)
                            .when(new EditMessage(TEA, EDIT, another.message(), BOB, "hello", List.of(ALICE), LATER)),
                    RejectionCode.MESSAGE_ID_REUSED);
        }

        @Test
        void oneThatChangesNothingUndoesNothingWhenItIsSentAgain() {
            MessageEdited nothing = new MessageEdited(TEA, MESSAGE, 1, id(2, 9), BOB, "hi", List.of(), LATER);
            fixture.given(GROUP, SENT)
                    .when(edit(id(2, 9), "hi"))
                    .expectEvents(nothing)
                    .expectResultMessagePayload(new Accepted(id(2, 9), TEA, 2, LATER));
            fixture.given(GROUP, SENT, nothing, EDITED)
                    .when(edit(id(2, 9), "hi"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Accepted(id(2, 9), TEA, 2, LATER));
        }

        @Test
        void theNewTextKeepsTheRules() {
            refuses(fixture.given(GROUP, SENT).when(edit(EDIT, " ")), RejectionCode.INVALID);
            refuses(fixture.given(GROUP, SENT).when(edit(EDIT, "x".repeat(16_385))), RejectionCode.TOO_LARGE);
            refuses(fixture.given(GROUP, SENT).when(edit(EDIT, "ho", STRANGER)), RejectionCode.INVALID);
            refuses(fixture.given(GROUP, SENT).when(edit(id(999_999_999, 1), "ho")), RejectionCode.INVALID);
        }

        @Test
        void onlyMessagesAreEditedAndOnlyWhereTheyAre() {
            refuses(fixture.given(GROUP).when(edit(EDIT, "hello")), RejectionCode.NOT_FOUND);
            refuses(
                    fixture.given(GROUP, SENT, EDITED)
                            .when(new EditMessage(TEA, id(2, 9), EDIT, BOB, "ho", List.of(), LATER)),
                    RejectionCode.NOT_FOUND);
            refuses(fixture.given(GROUP, SENT, DELETED).when(edit(EDIT, "ho")), RejectionCode.MESSAGE_DELETED);
            refuses(fixture.given(past()).when(edit(id(99_999, 1), "ho")), RejectionCode.MESSAGE_TOO_OLD);
        }
    }

    @Nested
    class Deleted {

        @Test
        void onceForAll() {
            fixture.given(GROUP, SENT)
                    .when(delete(null, BOB))
                    .expectEvents(DELETED)
                    .expectResultMessagePayload(new Accepted(MESSAGE, TEA, 2, LATER));
            fixture.given(GROUP, SENT, DELETED)
                    .when(delete(null, CAROL))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Accepted(MESSAGE, TEA, 2, LATER));
            fixture.given(GROUP, SENT)
                    .when(delete(null, CAROL))
                    .expectEvents(new MessageDeleted(TEA, MESSAGE, 1, BOB, CAROL, LATER));
        }

        @Test
        void anIdThatNobodyUsedIsNoMessage() {
            refuses(fixture.given(GROUP).when(delete(1L, BOB)), RejectionCode.NOT_FOUND);
            refuses(
                    fixture.given(GROUP, SENT, EDITED).when(new DeleteMessage(TEA, EDIT, null, BOB, LATER)),
                    RejectionCode.NOT_FOUND);
        }

        @Test
        void anOldOneWhereItIs() {
            List<ConversationEvent> past = past();
            AggregateTestFixture<Conversation> fixture =
                    Fixtures.conversation(Fixtures.LIMITS, (conversation, seq) -> seq < 3 ? past.get((int) seq) : null);
            refuses(fixture.given(past).when(delete(null, BOB)), RejectionCode.MESSAGE_TOO_OLD);
            refuses(fixture.given(past).when(delete(1L, BOB)), RejectionCode.NOT_FOUND);
            refuses(fixture.given(past).when(delete(7_777L, BOB)), RejectionCode.NOT_FOUND);
            fixture.given(past)
                    .when(delete(2L, BOB))
                    .expectEvents(new MessageDeleted(TEA, MESSAGE, 2, BOB, BOB, LATER));
            fixture.given(past)
                    .when(new DeleteMessage(TEA, IMPORTED, 1L, ALICE, LATER))
                    .expectEvents(new MessageDeleted(TEA, IMPORTED, 1, BOB, ALICE, LATER));
            refuses(
                    fixture.given(past).when(new DeleteMessage(TEA, IMPORTED, 1L, BOB, LATER)),
                    RejectionCode.FORBIDDEN);
        }
    }

    @Nested
    class DeletedAgain {

        private final List<ConversationEvent> past = past();
        private final AggregateTestFixture<Conversation> fixture =
                Fixtures.conversation(Fixtures.LIMITS, (conversation, seq) -> past.get((int) seq));

        @Test
        void anOldOneIsNotStoredAgain() {
            past.add(new MessageDeleted(TEA, MESSAGE, 2, BOB, BOB, LATER));
            long last = past.size() - 1;
            fixture.given(past)
                    .when(delete(2L, BOB))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Accepted(MESSAGE, TEA, last, LATER));
            past.add(new MessageDeleted(TEA, IMPORTED, 1, BOB, ALICE, LATER));
            fixture.given(past)
                    .when(new DeleteMessage(TEA, IMPORTED, 1L, ALICE, LATER))
                    .expectNoEvents()
                    .expectSuccessfulHandlerExecution();
            refuses(
                    fixture.given(past).when(new DeleteMessage(TEA, IMPORTED, 1L, BOB, LATER)),
                    RejectionCode.FORBIDDEN);
        }

        @Test
        void norOneThatWasRecentThen() {
            past.add(3, new MessageDeleted(TEA, MESSAGE, 2, BOB, BOB, NOW));
            fixture.given(past).when(delete(2L, BOB)).expectNoEvents().expectSuccessfulHandlerExecution();
        }

        @Test
        void itIsStoredAgainAfterManyOthers() {
            MessageDeleted first = new MessageDeleted(TEA, MESSAGE, 2, BOB, BOB, LATER);
            past.add(first);
            for (int i = 1; i < Deletions.CAPACITY; i++) {
                past.add(new MessageDeleted(TEA, id(i, i + 100), i + 2, ALICE, ALICE, LATER));
            }
            fixture.given(past).when(delete(2L, BOB)).expectNoEvents().expectSuccessfulHandlerExecution();
            past.add(new MessageDeleted(TEA, IMPORTED, 1, BOB, ALICE, LATER));
            fixture.given(past).when(delete(2L, BOB)).expectEvents(first);
        }
    }

    @Nested
    class ReactedTo {

        @Test
        void onceByEach() {
            fixture.given(GROUP, SENT)
                    .when(react("👍", ALICE))
                    .expectEvents(reacted("👍", ALICE))
                    .expectResultMessagePayload(new Accepted(MESSAGE, TEA, 2, LATER));
            fixture.given(GROUP, SENT, reacted("👍", ALICE))
                    .when(react("👍", ALICE))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Accepted(MESSAGE, TEA, 2, LATER));
            fixture.given(GROUP, SENT, reacted("👍", ALICE))
                    .when(react("👍", BOB))
                    .expectEvents(reacted("👍", BOB));
        }

        @Test
        void andTakenBack() {
            RemoveReaction back = new RemoveReaction(TEA, MESSAGE, "👍", ALICE, LATER);
            fixture.given(GROUP, SENT, reacted("👍", ALICE))
                    .when(back)
                    .expectEvents(new ReactionRemoved(TEA, MESSAGE, 1, ALICE, "👍", LATER));
            fixture.given(GROUP, SENT, reacted("👍", BOB))
                    .when(back)
                    .expectNoEvents()
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void inTwentyWaysAndAKindGoesWithItsLastAccount() {
            List<ConversationEvent> twenty = new ArrayList<>(List.of(GROUP, SENT));
            for (int kind = 0; kind < 20; kind++) {
                twenty.add(reacted("r" + kind, ALICE));
            }
            refuses(fixture.given(twenty).when(react("one more", BOB)), RejectionCode.TOO_MANY_REACTIONS);
            fixture.given(twenty).when(react("r7", BOB)).expectEvents(reacted("r7", BOB));
            twenty.add(reacted("r7", BOB));
            twenty.add(new ReactionRemoved(TEA, MESSAGE, 1, ALICE, "r7", LATER));
            refuses(fixture.given(twenty).when(react("one more", BOB)), RejectionCode.TOO_MANY_REACTIONS);
            twenty.add(new ReactionRemoved(TEA, MESSAGE, 1, BOB, "r7", LATER));
            fixture.given(twenty).when(react("one more", BOB)).expectEvents(reacted("one more", BOB));
        }

        @Test
        void notMoreOftenThanIsRemembered() {
            AggregateTestFixture<Conversation> few = Fixtures.conversation(
                    Fixtures.limits(Map.of("limits.reactions-kept", "2")), (conversation, seq) -> null);
            ReactionAdded one = reacted("👍", ALICE);
            ReactionAdded two = reacted("👍", CAROL);
            refuses(few.given(GROUP, SENT, one, two).when(react("👍", BOB)), RejectionCode.TOO_MANY_REACTIONS);
            MessageSent next = new MessageSent(TEA, id(1, 5), BOB, "ho", NOW);
            few.given(GROUP, SENT, one, two, DELETED, next)
                    .when(new AddReaction(TEA, next.message(), "👍", BOB, LATER))
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void notWithMoreTextThanIsRemembered() {
            AggregateTestFixture<Conversation> few = Fixtures.conversation(
                    Fixtures.limits(Map.of("limits.reaction-text-kept", "8B")), (conversation, seq) -> null);
            ReactionAdded four = reacted("👍", ALICE);
            ReactionAdded seven = reacted("abc", ALICE);
            refuses(few.given(GROUP, SENT, four, seven).when(react("é", BOB)), RejectionCode.TOO_MANY_REACTIONS);
            few.given(GROUP, SENT, four, seven).when(react("e", BOB)).expectSuccessfulHandlerExecution();
            few.given(GROUP, SENT, four, seven).when(react("abc", BOB)).expectSuccessfulHandlerExecution();
            few.given(GROUP, SENT, four, seven, new ReactionRemoved(TEA, MESSAGE, 1, ALICE, "abc", LATER))
                    .when(react("é", BOB))
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void withAShortTextOfOneLine() {
            for (String bad : List.of("", " ", "a\nb", "a\0", "\ud83d", "é".repeat(33))) {
                refuses(fixture.given(GROUP, SENT).when(react(bad, BOB)), RejectionCode.INVALID);
            }
            fixture.given(GROUP, SENT).when(react("é".repeat(32), BOB)).expectSuccessfulHandlerExecution();
        }

        @Test
        void whileItIsRecentAndThere() {
            refuses(fixture.given(GROUP).when(react("👍", BOB)), RejectionCode.NOT_FOUND);
            refuses(fixture.given(GROUP, SENT, DELETED).when(react("👍", BOB)), RejectionCode.MESSAGE_DELETED);
            refuses(fixture.given(past()).when(react("👍", BOB)), RejectionCode.MESSAGE_TOO_OLD);
        }
    }

    /// The message and an imported one, and a thousand after them.
    private static List<ConversationEvent> past() {
        List<ConversationEvent> past = new ArrayList<>();
        past.add(GROUP);
        past.add(new MessageImported(TEA, IMPORTED, BOB, "old", "irc", 1, NOW.minusSeconds(999)));
        past.add(SENT);
        for (int i = 1; i <= RecentMessages.CAPACITY; i++) {
            past.add(new MessageSent(TEA, id(i, i + 100), ALICE, "later", NOW));
        }
        return past;
    }

    private static void refuses(ResultValidator<Conversation> result, RejectionCode code) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(Refused.with(code));
    }

    private static EditMessage edit(MessageId id, String body, AccountId... mentions) {
        return new EditMessage(TEA, id, MESSAGE, BOB, body, List.of(mentions), LATER);
    }

    private static DeleteMessage delete(Long seq, AccountId by) {
        return new DeleteMessage(TEA, MESSAGE, seq, by, LATER);
    }

    private static AddReaction react(String reaction, AccountId account) {
        return new AddReaction(TEA, MESSAGE, reaction, account, LATER);
    }

    private static ReactionAdded reacted(String reaction, AccountId account) {
        return new ReactionAdded(TEA, MESSAGE, 1, account, reaction, LATER);
    }
}
