package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Decides on one message.
final class Sending {

    private Sending() {}

    /// @throws Refusal `not-a-member`, `forbidden` for a reader, `invalid`, `too-large`, `message-id-reused` or
    ///     `message-id-expired`
    static Decision decide(ConversationState state, ConversationLimits limits, SendMessage command) {
        Right.WRITE.require(state, command.sender());
        Refusal.ifAny(fault(limits, command));
        MessageSent sent = event(command);
        Recent before = IdRule.repeated(state, command.message(), command.sender(), ContentHash.of(sent), command.at());
        if (before != null) {
            return new Decision.Repeated(before.accepted(command.conversation()));
        }
        Refusal.ifAny(MessageBody.strangerFault(state, command.mentions()));
        return new Decision.News(sent);
    }

    /// What is wrong with a message whatever the conversation.
    ///
    /// @return null for nothing; `invalid` or `too-large`
    static @Nullable Rejection fault(ConversationLimits limits, SendMessage command) {
        Rejection body = command.attachments().isEmpty()
                ? MessageBody.fault(limits, command.body())
                : MessageBody.faultButBlank(limits, command.body());
        Rejection mentions = body == null ? MessageBody.mentionsFault(limits, command.mentions()) : body;
        return mentions == null ? Attachments.fault(limits, command.attachments()) : mentions;
    }

    private static MessageSent event(SendMessage command) {
        return new MessageSent(
                command.conversation(),
                command.message(),
                command.sender(),
                command.body(),
                command.replyTo(),
                command.mentions(),
                command.attachments(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
    }
}
