package dev.parley.command.conversation;

import dev.parley.command.conversation.Recent.Said;
import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;

/// Finds the message that a request is about among the recent ones.
final class Targets {

    private Targets() {}

    /// A message and what it is now.
    record Target(Recent message, Said said) {}

    /// @throws Refusal `message-deleted`, `message-too-old`, or `not-found`
    static Target undeleted(ConversationState state, MessageId id) {
        Target target = recent(state, id);
        if (target.said().deleted()) {
            throw new Refusal(new Rejection(RejectionCode.MESSAGE_DELETED, "The message was deleted", "message"));
        }
        return target;
    }

    /// @throws Refusal `message-too-old`, or `not-found` for what is no message
    private static Target recent(ConversationState state, MessageId id) {
        Recent recent = state.recent().find(id);
        if (recent == null && IdRule.isOld(state, id)) {
            throw new Refusal(new Rejection(
                    RejectionCode.MESSAGE_TOO_OLD, "The message is not among the recent ones", "message"));
        }
        Said said = recent == null ? null : recent.said();
        if (recent == null || said == null) {
            throw absent();
        }
        return new Target(recent, said);
    }

    static Refusal absent() {
        return new Refusal(
                new Rejection(RejectionCode.NOT_FOUND, "There is no such message in this conversation", "message"));
    }
}
