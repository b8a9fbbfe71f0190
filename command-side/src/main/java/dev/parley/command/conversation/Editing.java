package dev.parley.command.conversation;

import dev.parley.command.conversation.Targets.Target;
import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Decides on one edit. Its id goes through the same window as those of messages. One that changes
/// nothing is stored, too: else its id would be free, and sent again after another edit it would undo
/// that.
final class Editing {

    private Editing() {}

    /// @throws Refusal `not-a-member`, `forbidden` for a reader and for anybody but the sender, `invalid`, `too-large`,
    ///     `message-id-reused`, `message-id-expired`, or why there is no such message to edit
    static Decision decide(ConversationState state, ConversationLimits limits, EditMessage command) {
        Right.WRITE.require(state, command.by());
        Refusal.ifAny(fault(limits, command));
        // The place of the message is not part of what makes a repeat.
        String hash = ContentHash.of(event(command, 0));
        Recent before = IdRule.repeated(state, command.edit(), command.by(), hash, command.at());
        if (before != null) {
            return new Decision.Repeated(before.accepted(command.conversation()));
        }
        Target target = Targets.undeleted(state, command.message());
        if (!target.message().sender().equals(command.by())) {
            throw new Refusal(RejectionCode.FORBIDDEN, "Only who sent a message edits it");
        }
        if (command.body().isBlank() && !target.said().carries()) {
            throw new Refusal(MessageBody.blank());
        }
        Refusal.ifAny(MessageBody.strangerFault(state, command.mentions()));
        return new Decision.News(event(command, target.message().seq()));
    }

    /// What is wrong with an edit whatever the conversation and the message.
    ///
    /// @return null for nothing; `invalid` or `too-large`
    static @Nullable Rejection fault(ConversationLimits limits, EditMessage command) {
        Rejection body = MessageBody.faultButBlank(limits, command.body());
        return body == null ? MessageBody.mentionsFault(limits, command.mentions()) : body;
    }

    private static MessageEdited event(EditMessage command, long messageSeq) {
        return new MessageEdited(
                command.conversation(),
                command.message(),
                messageSeq,
                command.edit(),
                command.by(),
                command.body(),
                command.mentions(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
    }
}
