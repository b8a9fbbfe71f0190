package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides how a conversation begins.
final class Starting {

    /// In characters of the title.
    static final int TITLE_LIMIT = 200;

    private Starting() {}

    /// @return null where the same conversation was started before: by the same creator for a group, by
    ///     either of the pair for a direct one
    /// @throws Refusal `invalid` members, `conversation-full`, or `forbidden` for an id that another
    ///     one bears and for a game's, which starts with [Seating]
    static @Nullable ConversationStarted decide(ConversationState state, StartConversation command) {
        if (command.kind() == ConversationKind.GAME) {
            throw new Refusal(RejectionCode.FORBIDDEN, "A game's conversation starts when somebody takes a seat");
        }
        ConversationState.Start start = state.start();
        if (start == null) {
            check(command);
            return new ConversationStarted(
                    command.conversation(),
                    command.kind(),
                    command.kind() == ConversationKind.DIRECT ? null : command.title(),
                    command.by(),
                    members(command),
                    command.at().truncatedTo(ChronoUnit.MILLIS));
        }
        boolean same = start.kind() == command.kind()
                && (start.kind() == ConversationKind.DIRECT
                        ? state.members().accounts().equals(everybody(command))
                        : start.by().equals(command.by()));
        if (!same) {
            throw new Refusal(RejectionCode.FORBIDDEN, "The conversation exists and was started differently");
        }
        return null;
    }

    private static void check(StartConversation command) {
        Set<AccountId> everybody = everybody(command);
        if (everybody.size() != command.members().size() + 1) {
            throw new Refusal(Rejection.invalid("members", "Each member is named once, the creator not at all"));
        }
        if (command.kind() == ConversationKind.DIRECT && everybody.size() != 2) {
            throw new Refusal(Rejection.invalid("members", "A direct conversation is with exactly one other"));
        }
        if (everybody.size() > Members.LIMIT) {
            throw new Refusal(RejectionCode.CONVERSATION_FULL, "A conversation has at most 20,000 members");
        }
        String title = command.title();
        if (title != null && title.length() > TITLE_LIMIT) {
            throw new Refusal(Rejection.invalid("title", "A title is at most 200 characters"));
        }
    }

    private static Set<AccountId> everybody(StartConversation command) {
        Set<AccountId> everybody = new HashSet<>(command.members());
        everybody.add(command.by());
        return everybody;
    }

    private static List<Member> members(StartConversation command) {
        boolean group = command.kind() == ConversationKind.GROUP;
        List<Member> members = new ArrayList<>();
        members.add(new Member(command.by(), group ? MemberRole.OWNER : MemberRole.MEMBER));
        command.members().forEach(other -> members.add(new Member(other, MemberRole.MEMBER)));
        return List.copyOf(members);
    }
}
