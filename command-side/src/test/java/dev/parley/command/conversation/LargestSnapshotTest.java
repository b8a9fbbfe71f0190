package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.ALICE;
import static dev.parley.command.conversation.Ids.BOB;
import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.serialization.ParleySerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A conversation that holds as much as the highest limits allow still fits into one message to the
/// event store.
class LargestSnapshotTest {

    /// gRPC's default for what a server takes, less some room for what goes around the snapshot.
    private static final int MESSAGE_BYTES = 4 * 1024 * 1024 - 64 * 1024;

    private final ConversationLimits highest = Fixtures.limits(Map.of(
            "limits.topic", "10000", "limits.title", "1000", "limits.reaction", "1KB", "limits.reaction-kinds", "100"));
    private final Conversation conversation = new Conversation();
    private final List<AccountId> accounts = new ArrayList<>();
    private long seq;

    @Test
    void theLargestSnapshotFitsIntoAMessage() {
        members();
        messages();
        // JSON writes a quotation mark as two bytes.
        int texts = 0;
        for (int message = 0; message < RecentMessages.CAPACITY; message++) {
            for (int kind = 0; kind < 7; kind++) {
                texts += reacts(message, "\"".repeat(100) + (char) ('a' + kind), ALICE) ? 1 : 0;
            }
        }
        assertThat(texts).as("full of text before it is full of reactions").isLessThan(7 * RecentMessages.CAPACITY);
        int more = 0;
        while (reacts(more % 300, "\"".repeat(100) + "a", accounts.get(more / 300))) {
            more++;
        }
        assertThat(conversation.kept().state().recent().reactions()).isEqualTo(highest.reactionsKept());
        byte[] snapshot =
                ParleySerializer.create().serialize(conversation, byte[].class).getData();
        assertThat(snapshot).hasSizeBetween(MESSAGE_BYTES / 2, MESSAGE_BYTES);
    }

    private void members() {
        List<Member> first = List.of(new Member(ALICE, MemberRole.OWNER), new Member(BOB, MemberRole.MEMBER));
        on(new ConversationStarted(TEA, ConversationKind.GROUP, "\"".repeat(1_000), ALICE, first, NOW));
        on(new TopicChanged(TEA, "\"".repeat(10_000), ALICE, NOW));
        for (int i = 2; i < highest.members(); i++) {
            AccountId account = new AccountId(new UUID(i, i));
            accounts.add(account);
            on(new MemberAdded(TEA, account, MemberRole.MEMBER, ALICE, NOW));
        }
    }

    private void messages() {
        for (int i = 0; i < RecentMessages.CAPACITY; i++) {
            on(new MessageSent(TEA, id(i, i), ALICE, "message", NOW.plusMillis(i)));
        }
        for (int i = 0; i < Deletions.CAPACITY; i++) {
            on(new MessageDeleted(TEA, id(-1_000 - i, i), i, ALICE, ALICE, NOW));
        }
    }

    private boolean reacts(int message, String reaction, AccountId account) {
        ConversationState state = conversation.kept().state();
        try {
            Decision decision =
                    Reacting.decide(state, highest, new AddReaction(TEA, id(message, message), reaction, account, NOW));
            return decision instanceof Decision.News news && on(news.event());
        } catch (Refusal full) {
            return false;
        }
    }

    private boolean on(ConversationEvent event) {
        conversation.on(event, seq++);
        return true;
    }
}
