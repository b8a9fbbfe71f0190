package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What happens in the conversations of a [Story] but comings and goings: some of it to messages that
/// were deleted, and marks beyond what there is, as no aggregate would let through.
final class Happenings {

    private static final Instant AT = Story.START;

    private final Story story;
    private final Map<Integer, List<Said>> said = new HashMap<>();

    private record Said(MessageId message, long seq) {}

    Happenings(Story story) {
        this.story = story;
    }

    void say(Random random, int number, int person) {
        int now = story.facts().size();
        MessageId message = said(number);
        story.add(
                number,
                new MessageSent(
                        story.conversation(number),
                        message,
                        story.account(person),
                        text(random),
                        random.nextInt(4) == 0 ? story.message(random.nextInt(now)) : null,
                        mentions(random),
                        Carrying.values()[random.nextInt(Carrying.values().length)].attachments,
                        AT.plusSeconds(now)));
    }

    void takeOver(Random random, int number, int person) {
        ConversationId id = story.conversation(number);
        int line = story.facts().size();
        MessageId message = said(number);
        story.add(number, new MessageImported(id, message, story.account(person), text(random), "irc", line, AT));
    }

    private MessageId said(int number) {
        MessageId message = story.message(story.facts().size());
        said.computeIfAbsent(number, id -> new ArrayList<>()).add(new Said(message, story.newest(number) + 1));
        return message;
    }

    private String text(Random random) {
        return Saying.values()[random.nextInt(Saying.values().length)].numbered(
                story.facts().size());
    }

    private List<AccountId> mentions(Random random) {
        return random.ints(random.nextInt(4), 0, story.people())
                .distinct()
                .mapToObj(story::account)
                .toList();
    }

    void tell(Random random, int number, int person) {
        ConversationId id = story.conversation(number);
        AccountId account = story.account(person);
        long far = random.nextLong(story.newest(number) + 4);
        String text = "n" + random.nextInt(9);
        switch (random.nextInt(16)) {
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
                                text(random),
                                mentions(random),
                                AT.plusSeconds(now));
                    case 2 -> new MessageDeleted(id, message, one.seq(), account, account, AT);
                    case 3 -> new ReactionAdded(id, message, one.seq(), account, reaction, AT);
                    default -> new ReactionRemoved(id, message, one.seq(), account, reaction, AT);
                });
    }

    private void member(ConversationId conversation, AccountId account, Fact fact) {
        story.add(new MemberId(conversation, account).toString(), fact);
    }

    private static MemberRole role(Random random) {
        return MemberRole.values()[random.nextInt(MemberRole.values().length)];
    }

    private static HistoryVisibility history(Random random) {
        return random.nextBoolean() ? HistoryVisibility.ALL : HistoryVisibility.SINCE_JOINING;
    }
}
