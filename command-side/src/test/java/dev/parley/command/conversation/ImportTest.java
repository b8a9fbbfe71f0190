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
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ConversationCommand.ImportMessages;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.ImportReport;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

class ImportTest {

    private static final long YEAR = 365L * 24 * 60 * 60 * 1000;
    private static final ConversationStarted GROUP = new ConversationStarted(
            TEA,
            ConversationKind.GROUP,
            "irc",
            ALICE,
            List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER)),
            NOW);

    private final AggregateTestFixture<Conversation> fixture = Fixtures.conversation();

    @Test
    void eachLineBecomesAFact() {
        fixture.given(GROUP)
                .when(batch(ALICE, line(1), line(2)))
                .expectEvents(imported(1), imported(2))
                .expectResultMessagePayload(new ImportReport(TEA, 2, 0, 2, 2));
    }

    @Test
    void aRepeatedBatchGoesOnWhereTheFirstEnded() {
        fixture.given(GROUP, imported(1), imported(2))
                .when(batch(ALICE, line(1), line(2), line(3)))
                .expectEvents(imported(3))
                .expectResultMessagePayload(new ImportReport(TEA, 1, 2, 3, 3));
    }

    @Test
    void anEmptyBatchTellsHowFarItIs() {
        fixture.given(GROUP, imported(1), imported(7))
                .when(batch(ALICE))
                .expectNoEvents()
                .expectResultMessagePayload(new ImportReport(TEA, 0, 0, 2, 7));
        fixture.given(GROUP).when(batch(ALICE)).expectResultMessagePayload(new ImportReport(TEA, 0, 0, 0, 0));
    }

    @Test
    void onlyOwnersAndAdminsOfAGroupImport() {
        refuses(fixture.given(GROUP).when(batch(BOB, line(1))), RejectionCode.FORBIDDEN);
        refuses(fixture.given(GROUP).when(batch(STRANGER, line(1))), RejectionCode.NOT_A_MEMBER);
        fixture.given(GROUP, new MemberAdded(TEA, CAROL, MemberRole.ADMIN, ALICE, NOW))
                .when(batch(CAROL, line(1)))
                .expectEvents(imported(1));
    }

    @Test
    void aBatchIsTakenAsAWholeOrNotAtAll() {
        refuses(fixture.given(GROUP).when(batch(ALICE, line(2), line(1))), RejectionCode.INVALID);
        refuses(fixture.given(GROUP).when(batch(ALICE, line(1), line(1))), RejectionCode.INVALID);
        refuses(
                fixture.given(GROUP).when(batch(ALICE, line(1), new ArchivedMessage(old(2), BOB, " ", 2, NOW))),
                RejectionCode.INVALID);
        ArchivedMessage[] tooMany =
                LongStream.rangeClosed(1, 1_001).mapToObj(ImportTest::line).toArray(ArchivedMessage[]::new);
        refuses(fixture.given(GROUP).when(batch(ALICE, tooMany)), RejectionCode.INVALID);
    }

    @Test
    void aConversationHoldsOneArchive() {
        refuses(
                fixture.given(GROUP, imported(1)).when(new ImportMessages(TEA, "other", ALICE, List.of(line(2)))),
                RejectionCode.INVALID);
    }

    @Test
    void importedAndLiveIdsNeverMeet() {
        refuses(
                fixture.given(GROUP, imported(2)).when(new SendMessage(TEA, old(2), BOB, "hi", NOW)),
                RejectionCode.MESSAGE_ID_EXPIRED);
        refuses(
                fixture.given(GROUP, imported(2)).when(new SendMessage(TEA, old(1), BOB, "hi", NOW)),
                RejectionCode.MESSAGE_ID_EXPIRED);
        fixture.given(GROUP, imported(2))
                .when(new SendMessage(TEA, id(0, 1), BOB, "hi", NOW))
                .expectSuccessfulHandlerExecution();
        refuses(
                fixture.given(GROUP, new MessageSent(TEA, old(2), BOB, "hi", NOW))
                        .when(batch(ALICE, line(2))),
                RejectionCode.MESSAGE_ID_REUSED);
        refuses(
                fixture.given(GROUP, new MessageSent(TEA, old(2), BOB, "hi", NOW))
                        .when(batch(ALICE, line(3))),
                RejectionCode.MESSAGE_ID_REUSED);
        fixture.given(GROUP, new MessageSent(TEA, old(2), BOB, "hi", NOW))
                .when(batch(ALICE, line(1)))
                .expectEvents(imported(1));
    }

    private static void refuses(ResultValidator<Conversation> result, RejectionCode code) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(Refused.with(code));
    }

    private static MessageId old(long line) {
        return id(line - YEAR, line);
    }

    private static ArchivedMessage line(long number) {
        return new ArchivedMessage(old(number), BOB, "line " + number, number, NOW.minusSeconds(60));
    }

    private static MessageImported imported(long number) {
        return new MessageImported(TEA, old(number), BOB, "line " + number, "irc", number, NOW.minusSeconds(60));
    }

    private static ImportMessages batch(AccountId by, ArchivedMessage... lines) {
        return new ImportMessages(TEA, "irc", by, List.of(lines));
    }
}
