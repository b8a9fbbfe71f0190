package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.STRANGER;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.account;
import static dev.parley.command.conversation.Ids.id;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.Attachment;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

/// What a message may say and carry.
class ContentTest {

    private static final String SUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final Attachment PICTURE = file("tea.png", "image/png", 5, SUM, "https://files.example.org/tea.png");
    private static final MessageId BEFORE = id(-5, 7);
    private static final ConversationStarted GROUP = new ConversationStarted(
            TEA,
            ConversationKind.GROUP,
            "Tea",
            ALICE,
            List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER)),
            NOW);

    private final AggregateTestFixture<Conversation> fixture = Fixtures.conversation();

    @Test
    void aMessageAnswersMentionsAndCarries() {
        fixture.given(GROUP)
                .when(send("look", BEFORE, List.of(ALICE, BOB), List.of(PICTURE)))
                .expectEvents(
                        new MessageSent(TEA, id(0, 1), BOB, "look", BEFORE, List.of(ALICE, BOB), List.of(PICTURE), NOW))
                .expectResultMessagePayload(new Accepted(id(0, 1), TEA, 1, NOW));
    }

    @Test
    void everythingItSaysAndCarriesCountsForARepeat() {
        MessageSent sent = new MessageSent(TEA, id(0, 1), BOB, "look", BEFORE, List.of(ALICE), List.of(PICTURE), NOW);
        fixture.given(GROUP, sent)
                .when(send("look", BEFORE, List.of(ALICE), List.of(PICTURE)))
                .expectNoEvents()
                .expectResultMessagePayload(new Accepted(id(0, 1), TEA, 1, NOW));
        Attachment other = file("tea.png", "image/png", 6, SUM, "https://files.example.org/tea.png");
        for (SendMessage different : List.of(
                send("look", null, List.of(ALICE), List.of(PICTURE)),
                send("look", id(-5, 8), List.of(ALICE), List.of(PICTURE)),
                send("look", BEFORE, List.of(), List.of(PICTURE)),
                send("look", BEFORE, List.of(ALICE, BOB), List.of(PICTURE)),
                send("look", BEFORE, List.of(ALICE), List.of()),
                send("look", BEFORE, List.of(ALICE), List.of(other)),
                send("look", BEFORE, List.of(ALICE), List.of(PICTURE, PICTURE)))) {
            refuses(fixture.given(GROUP, sent).when(different), RejectionCode.MESSAGE_ID_REUSED);
        }
    }

    @Test
    void aRepeatIsGoodEvenIfWhoItMentionsHasLeft() {
        MessageSent sent = new MessageSent(TEA, id(0, 1), BOB, "look", null, List.of(ALICE), List.of(), NOW);
        fixture.given(GROUP, sent, new MemberRemoved(TEA, ALICE, ALICE, NOW))
                .when(send("look", null, List.of(ALICE), List.of()))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void onlyMembersAreMentionedEachOnceAndNotTooMany() {
        refuses(mentioning(List.of(ALICE, STRANGER)), RejectionCode.INVALID);
        refuses(mentioning(List.of(ALICE, ALICE)), RejectionCode.INVALID);
        List<Member> crowd = LongStream.rangeClosed(1, 51)
                .mapToObj(number -> new Member(account(number), MemberRole.MEMBER))
                .toList();
        ConversationStarted large = new ConversationStarted(TEA, ConversationKind.GROUP, "Tea", ALICE, crowd, NOW);
        List<AccountId> all = crowd.stream().map(Member::account).toList();
        refuses(fixture.given(large).when(send("hi", null, all, List.of())), RejectionCode.INVALID);
        fixture.given(large)
                .when(send("hi", null, all.subList(0, 50), List.of()))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aBlankMessageCarriesSomething() {
        fixture.given(GROUP).when(send("", null, List.of(), List.of(PICTURE))).expectSuccessfulHandlerExecution();
        refuses(fixture.given(GROUP).when(send("", null, List.of(), List.of())), RejectionCode.INVALID);
    }

    @Test
    void aMessageCarriesAtMostTen() {
        fixture.given(GROUP)
                .when(send("", null, List.of(), Collections.nCopies(10, PICTURE)))
                .expectSuccessfulHandlerExecution();
        refuses(
                fixture.given(GROUP).when(send("", null, List.of(), Collections.nCopies(11, PICTURE))),
                RejectionCode.INVALID);
    }

    @Test
    void whatIsCarriedHasItsForm() {
        String uri = "https://files.example.org/tea.png";
        for (Attachment bad : List.of(
                file(" ", "image/png", 5, SUM, uri),
                file("n".repeat(256), "image/png", 5, SUM, uri),
                file("a\0b", "image/png", 5, SUM, uri),
                file("tea.png", "image", 5, SUM, uri),
                file("tea.png", "image/png; charset=x", 5, SUM, uri),
                file("tea.png", "i".repeat(128) + "/png", 5, SUM, uri),
                file("tea.png", "image/png", -1, SUM, uri),
                file("tea.png", "image/png", 5, SUM.toUpperCase(Locale.ROOT), uri),
                file("tea.png", "image/png", 5, SUM.substring(1), uri),
                file("tea.png", "image/png", 5, SUM, "/tea.png"),
                file("tea.png", "image/png", 5, SUM, "https:///tea.png"),
                file("tea.png", "image/png", 5, SUM, "https:tea.png"),
                file("tea.png", "image/png", 5, SUM, "ftp://files.example.org/tea.png"),
                file("tea.png", "image/png", 5, SUM, "javascript:alert(1)"),
                file("tea.png", "image/png", 5, SUM, "https://e.org/" + "x".repeat(2_048)))) {
            refuses(fixture.given(GROUP).when(send("hi", null, List.of(), List.of(bad))), RejectionCode.INVALID);
        }
        fixture.given(GROUP)
                .when(send(
                        "hi",
                        null,
                        List.of(),
                        List.of(file("ü", "application/vnd.x+json", 0, SUM, "HTTP://e.org:8080/ä?q#f"))))
                .expectSuccessfulHandlerExecution();
    }

    private ResultValidator<Conversation> mentioning(List<AccountId> mentions) {
        return fixture.given(GROUP).when(send("hi", null, mentions, List.of()));
    }

    private static void refuses(ResultValidator<Conversation> result, RejectionCode code) {
        result.expectNoEvents().expectException(Refusal.class).expectExceptionDetails(Refused.with(code));
    }

    private static Attachment file(String name, String mediaType, long size, String sha256, String uri) {
        return new Attachment(name, mediaType, size, sha256, URI.create(uri));
    }

    private static SendMessage send(
            String body, MessageId replyTo, List<AccountId> mentions, List<Attachment> attachments) {
        return new SendMessage(TEA, id(0, 1), BOB, body, replyTo, mentions, attachments, NOW);
    }
}
