package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.StartConversation;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Decides how a conversation begins.
final class Starting {

    private Starting() {}

    /// @return nothing where the same conversation was started before: by the same creator for a group, by
    ///     either of the pair for a direct one
    /// @throws Refusal `invalid` members or title, `conversation-full`, or `forbidden` for an id that another
    ///     one bears and for a game's, which starts with [Seating]
    static List<ConversationEvent> decide(
            ConversationState state, ConversationLimits limits, StartConversation command) {
        if (command.kind() == ConversationKind.GAME) {
            throw new Refusal(RejectionCode.FORBIDDEN, "A game's conversation starts when somebody takes a seat");
        }
        Start start = state.start();
        if (start == null) {
            check(limits, command);
            return events(command);
        }
        boolean same = start.kind() == command.kind()
                && (start.kind() == ConversationKind.DIRECT
                        ? state.members().accounts().equals(everybody(command))
                        : start.by().equals(command.by()));
        if (!same) {
            throw new Refusal(RejectionCode.FORBIDDEN, "The conversation exists and was started differently");
        }
        return List.of();
    }

    private static void check(ConversationLimits limits, StartConversation command) {
        Set<AccountId> everybody = everybody(command);
        if (everybody.size() != command.members().size() + 1) {
            throw new Refusal(Rejection.invalid("members", "Each member is named once, the creator not at all"));
        }
        if (command.kind() == ConversationKind.DIRECT && everybody.size() != 2) {
            throw new Refusal(Rejection.invalid("members", "A direct conversation is with exactly one other"));
        }
        if (everybody.size() > limits.members()) {
            throw new Refusal(Membership.full(limits));
        }
        if (command.kind() == ConversationKind.GROUP) {
            Refusal.ifAny(Describing.titleFault(limits, command.title()));
        }
    }

    /// A direct conversation has no title, and nobody joins it later.
    private static List<ConversationEvent> events(StartConversation command) {
        boolean group = command.kind() == ConversationKind.GROUP;
        Instant at = command.at().truncatedTo(ChronoUnit.MILLIS);
        List<ConversationEvent> events = new ArrayList<>();
        events.add(new ConversationStarted(
                command.conversation(),
                command.kind(),
                group ? command.title() : null,
                command.by(),
                members(command, group),
                at));
        if (group && command.history() == HistoryVisibility.ALL) {
            events.add(new HistoryVisibilityChanged(command.conversation(), HistoryVisibility.ALL, command.by(), at));
        }
        return events;
    }

    private static Set<AccountId> everybody(StartConversation command) {
        Set<AccountId> everybody = new HashSet<>(command.members());
        everybody.add(command.by());
        return everybody;
    }

    private static List<Member> members(StartConversation command, boolean group) {
        List<Member> members = new ArrayList<>();
        members.add(new Member(command.by(), group ? MemberRole.OWNER : MemberRole.MEMBER));
        command.members().forEach(other -> members.add(new Member(other, MemberRole.MEMBER)));
        return List.copyOf(members);
    }
}
