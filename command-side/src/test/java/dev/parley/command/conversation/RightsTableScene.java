package dev.parley.command.conversation;

import static dev.parley.command.conversation.Ids.NOW;
import static dev.parley.command.conversation.Ids.TEA;
import static dev.parley.command.conversation.Ids.account;
import static dev.parley.command.conversation.Ids.id;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.game.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A conversation in which somebody of one column of the table, the actor, can try things. It has an old imported
/// message, one of the actor and one of somebody else. A group has somebody else of each role.
final class RightsTableScene implements StoredMessages {

    static final List<String> COLUMNS = List.of("owner", "admin", "member", "reader", "direct", "game", "stranger");
    static final AccountId ACTOR = account(10);
    static final AccountId OUTSIDER = account(30);
    static final MessageId OWN = id(0, 1);
    static final MessageId OTHERS = id(0, 2);
    static final MessageId IMPORTED = id(-1_000_000, 3);
    static final long IMPORTED_SEQ = 1;

    private final List<ConversationEvent> story = new ArrayList<>();
    private final boolean group;

    RightsTableScene(String column) {
        group = !column.equals("direct") && !column.equals("game");
        story.add(started(column));
        story.add(new MessageImported(TEA, IMPORTED, account(40), "old", "irc", 1, NOW.minusSeconds(999)));
        if (column.equals("game")) {
            AccountId other = other(MemberRole.MEMBER);
            story.add(new PlayerSeated(TEA, new GameId(7), Seat.WHITE, ACTOR, ACTOR, null, NOW));
            story.add(new MemberAdded(TEA, other, MemberRole.MEMBER, other, NOW));
            story.add(new PlayerSeated(TEA, new GameId(7), Seat.BLACK, other, ACTOR, other, NOW));
        }
        story.add(new MessageSent(TEA, OWN, ACTOR, "mine", NOW));
        story.add(new MessageSent(TEA, OTHERS, other(MemberRole.MEMBER), "theirs", NOW));
    }

    List<ConversationEvent> story() {
        return story;
    }

    /// A member of a group with this role; in a closed conversation the only other one.
    AccountId other(MemberRole role) {
        return account(20 + (group ? role.ordinal() : 9));
    }

    @Override
    public Object at(ConversationId conversation, long seq) {
        return story.get(Math.toIntExact(seq));
    }

    private ConversationStarted started(String column) {
        List<Member> members = new ArrayList<>();
        AccountId first = other(MemberRole.OWNER);
        switch (column) {
            case "direct" -> {
                members.add(new Member(ACTOR, MemberRole.MEMBER));
                members.add(new Member(first, MemberRole.MEMBER));
                return new ConversationStarted(TEA, ConversationKind.DIRECT, null, ACTOR, members, NOW);
            }
            case "game" -> {
                members.add(new Member(ACTOR, MemberRole.MEMBER));
                return new ConversationStarted(TEA, ConversationKind.GAME, "blitz", ACTOR, members, NOW);
            }
            default -> {
                for (MemberRole role : MemberRole.values()) {
                    members.add(new Member(other(role), role));
                }
                if (!column.equals("stranger")) {
                    members.add(new Member(ACTOR, MemberRole.valueOf(column.toUpperCase(Locale.ROOT))));
                }
                return new ConversationStarted(TEA, ConversationKind.GROUP, "Tea", first, members, NOW);
            }
        }
    }
}
