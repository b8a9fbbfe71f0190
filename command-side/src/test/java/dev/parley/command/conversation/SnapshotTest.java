package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.CAROL;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
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
import dev.parley.messages.serialization.ParleySerializer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A conversation restored from a snapshot and the events after it is the conversation folded from all events.
class SnapshotTest {

    private final ParleySerializer serializer = ParleySerializer.create();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 500, 1_004, 1_005, 1_006, 1_500, 2_000})
    void aSnapshotAndItsTailAreTheWholeStory(int snapshotAfter) {
        List<ConversationEvent> story = story();
        Conversation plain = new Conversation();
        Conversation restored = new Conversation();
        for (int seq = 0; seq < story.size(); seq++) {
            if (seq == snapshotAfter) {
                restored = throughTheStore(restored);
            }
            plain.on(story.get(seq), seq);
            restored.on(story.get(seq), seq);
        }
        assertThat(written(restored)).isEqualTo(written(plain));
        assertThat(throughTheStore(restored).kept().state().members().isLastOwner(ALICE))
                .isTrue();
    }

    private Conversation throughTheStore(Conversation conversation) {
        SerializedObject<byte[]> snapshot = serializer.serialize(conversation, byte[].class);
        assertThat(snapshot.getType().getRevision()).isEqualTo("4");
        Conversation restored = serializer.deserialize(snapshot);
        assertThat(written(restored)).isEqualTo(written(conversation));
        return restored;
    }

    private String written(Conversation conversation) {
        return serializer.serialize(conversation, String.class).getData();
    }

    private static List<ConversationEvent> story() {
        List<Member> members = List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER));
        List<ConversationEvent> story = new ArrayList<>();
        story.add(new ConversationStarted(TEA, ConversationKind.GROUP, "Tea", ALICE, members, NOW));
        story.add(new MessageImported(TEA, id(-100_000, 1), BOB, "old", "irc", 7, NOW.minusSeconds(99)));
        story.add(new MemberAdded(TEA, CAROL, MemberRole.READER, ALICE, NOW));
        story.add(new MemberRemoved(TEA, BOB, ALICE, NOW));
        story.add(new PlayerSeated(TEA, new GameId(7), Seat.BLACK, CAROL, null, CAROL, NOW));
        story.add(new ConversationRenamed(TEA, "More tea", ALICE, NOW));
        story.add(new TopicChanged(TEA, "Leaves", ALICE, NOW));
        story.add(new HistoryVisibilityChanged(TEA, HistoryVisibility.ALL, ALICE, NOW));
        story.add(new MemberRoleChanged(TEA, CAROL, MemberRole.ADMIN, ALICE, NOW));
        for (int i = 0; story.size() < 2_200; i++) {
            // Ahead and behind, so that the one that leaves the window is not the one that came first.
            long millis = (i * 7_919L) % 5_003 + i * 10L;
            AccountId sender = i % 2 == 0 ? ALICE : BOB;
            story.add(new MessageSent(TEA, id(millis, i), sender, "message " + i, NOW.plusMillis(i)));
            change(story, id(millis, i), sender, i);
        }
        return story;
    }

    /// Some messages do not stay as they were sent.
    private static void change(List<ConversationEvent> story, MessageId message, AccountId sender, int i) {
        long seq = story.size() - 1;
        Instant at = NOW.plusMillis(i);
        switch (i % 7) {
            case 0 -> {
                story.add(new ReactionAdded(TEA, message, seq, ALICE, "👍", at));
                story.add(new ReactionAdded(TEA, message, seq, CAROL, "👍", at));
                story.add(new ReactionRemoved(TEA, message, seq, ALICE, "👍", at));
            }
            case 1 -> {
                MessageId edit = id(message.unixMillis() - NOW.toEpochMilli() + 1, 100_000 + i);
                story.add(new MessageEdited(TEA, message, seq, edit, sender, "better", List.of(ALICE), at));
            }
            case 2 -> story.add(new MessageDeleted(TEA, message, seq, sender, ALICE, at));
            default -> {}
        }
    }
}
