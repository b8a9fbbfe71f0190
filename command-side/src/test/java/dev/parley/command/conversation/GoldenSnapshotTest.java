package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.CAROL;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.aggregate.GoldenSnapshot;
import dev.parley.messages.GameId;
import dev.parley.messages.conversation.Attachment;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.game.Seat;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenSnapshotTest {

    /// Every kind of fact, so that there is something in every place.
    private static final List<ConversationEvent> STORY = List.of(
            new ConversationStarted(TEA, ConversationKind.GROUP, "Tea", ALICE, members(), NOW),
            new MessageImported(TEA, id(-100_000, 1), BOB, "old", "irc", 7, NOW.minusSeconds(99)),
            new MemberAdded(TEA, CAROL, MemberRole.READER, ALICE, NOW),
            new MemberRoleChanged(TEA, CAROL, MemberRole.ADMIN, ALICE, NOW),
            new PlayerSeated(TEA, new GameId(7), Seat.WHITE, BOB, BOB, null, NOW),
            new PlayerSeated(TEA, new GameId(7), Seat.BLACK, CAROL, BOB, CAROL, NOW),
            new MemberRemoved(TEA, BOB, ALICE, NOW),
            new ConversationRenamed(TEA, "More tea", ALICE, NOW),
            new TopicChanged(TEA, "Leaves", ALICE, NOW),
            new HistoryVisibilityChanged(TEA, HistoryVisibility.ALL, ALICE, NOW),
            new MessageSent(TEA, id(1, 2), ALICE, "hi", null, List.of(CAROL), List.of(attachment()), NOW),
            new MessageEdited(TEA, id(1, 2), 10, id(2, 3), ALICE, "hello", List.of(), NOW),
            new ReactionAdded(TEA, id(1, 2), 10, CAROL, "👍", NOW),
            new ReactionAdded(TEA, id(1, 2), 10, ALICE, "👍", NOW),
            new ReactionAdded(TEA, id(1, 2), 10, ALICE, "tea", NOW),
            new ReactionRemoved(TEA, id(1, 2), 10, ALICE, "tea", NOW),
            new MessageSent(TEA, id(3, 4), CAROL, "no", NOW.plusMillis(5)),
            new MessageDeleted(TEA, id(3, 4), 16, CAROL, ALICE, NOW));

    @Test
    void aConversationIsStoredAsItsGoldenFile() {
        assertThat(STORY).extracting(Object::getClass).containsOnly(ConversationEvent.class.getPermittedSubclasses());
        Conversation conversation = new Conversation();
        for (int seq = 0; seq < STORY.size(); seq++) {
            conversation.on(STORY.get(seq), seq);
        }
        GoldenSnapshot.assertIsThatOf(conversation);
    }

    private static List<Member> members() {
        return List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER));
    }

    private static Attachment attachment() {
        return new Attachment("leaf.png", "image/png", 7, "0".repeat(64), URI.create("https://example.org/leaf.png"));
    }
}
