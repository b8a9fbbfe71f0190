package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Attachment;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What is said in the conversations of a [Story], and what happens to them but comings and goings: some of it to
/// messages that were deleted, and marks beyond what there is, as no aggregate would let through.
final class Happenings {

    private static final Instant AT = Story.START;
    private static final List<String> BODIES =
            List.of("Söid ", "Édit ", "see https://example.org/p", "京都 ", "wi-fi qwen3.6 ", "");

    private final Story story;
    private final Map<Integer, List<Said>> said = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();

    private record Said(MessageId message, long seq) {}

    Happenings(Story story) {
        this.story = story;
    }

    void said(int conversation, MessageId message, long seq) {
        said.computeIfAbsent(conversation, id -> new ArrayList<>()).add(new Said(message, seq));
    }

    /// Some messages are answers, call somebody or carry something.
    MessageSent sent(Random random, int number, int person) {
        int now = story.facts().size();
        List<Said> all = said.getOrDefault(number, List.of());
        MessageId answered = all.isEmpty() || random.nextInt(3) > 0
                ? null
                : all.get(random.nextInt(all.size())).message();
        Attachment image = new Attachment(
                "i" + now, "image/PNG; q=1", now, "0".repeat(64), URI.create("https://example.org/" + now));
        return new MessageSent(
                story.conversation(number),
                story.message(now),
                story.account(person),
                body(random) + now,
                answered,
                random.nextInt(3) > 0 ? List.of() : List.of(story.account(random.nextInt(4))),
                random.nextInt(3) > 0 ? List.of() : List.of(image),
                AT);
    }

    /// What a text begins with; a number comes after it.
    private static String body(Random random) {
        return BODIES.get(random.nextInt(BODIES.size()));
    }

    void tell(Random random, int number, int person) {
        ConversationId id = story.conversation(number);
        AccountId account = story.account(person);
        long far = random.nextLong(story.newest(number) + 4);
        String text = "n" + random.nextInt(9);
        switch (random.nextInt(12)) {
            case 0 -> story.add(number, new ConversationRenamed(id, random.nextBoolean() ? text : null, account, AT));
            case 1 -> story.add(number, new TopicChanged(id, random.nextBoolean() ? text : null, account, AT));
            case 2 -> story.add(number, new MemberRoleChanged(id, account, role(random), account, AT));
            case 3 -> story.add(number, new HistoryVisibilityChanged(id, history(random), account, AT));
            case 4 -> member(id, account, new MessagesDelivered(id, account, far, AT));
            case 5, 6 -> member(id, account, new MessagesRead(id, account, far, random.nextBoolean(), AT));
            case 7 -> mute(random, id, account);
            default -> message(random, number, account);
        }
    }

    private void mute(Random random, ConversationId id, AccountId account) {
        Fact fact = random.nextBoolean()
                ? new ConversationMuted(id, account, random.nextBoolean() ? AT : null, AT)
                : new ConversationUnmuted(id, account, AT);
        member(id, account, fact);
    }

    private void message(Random random, int number, AccountId account) {
        List<Said> all = said.getOrDefault(number, List.of());
        if (all.isEmpty()) {
            return;
        }
        ConversationId id = story.conversation(number);
        Said one = all.get(Math.max(0, all.size() - 1 - random.nextInt(4)));
        MessageId message = one.message();
        int now = story.facts().size();
        String reaction = random.nextBoolean() ? "+1" : "-1";
        story.add(
                number,
                switch (random.nextInt(5)) {
                    case 0, 1 ->
                        new MessageEdited(
                                id,
                                message,
                                one.seq(),
                                story.message(now),
                                account,
                                body(random) + now,
                                List.of(account),
                                AT);
                    case 2 -> new MessageDeleted(id, message, one.seq(), account, account, AT);
                    case 3 -> new ReactionAdded(id, message, one.seq(), account, reaction, AT);
                    default -> new ReactionRemoved(id, message, one.seq(), account, reaction, AT);
                });
    }

    private void member(ConversationId conversation, AccountId account, Fact fact) {
        String stream = new MemberId(conversation, account).toString();
        story.add(stream, seqs.merge(stream, 1L, Long::sum) - 1, fact);
    }

    private static MemberRole role(Random random) {
        return MemberRole.values()[random.nextInt(MemberRole.values().length)];
    }

    private static HistoryVisibility history(Random random) {
        return random.nextBoolean() ? HistoryVisibility.ALL : HistoryVisibility.SINCE_JOINING;
    }
}
