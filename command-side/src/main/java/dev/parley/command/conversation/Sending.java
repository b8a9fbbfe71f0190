package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.MemberRole;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Decides on one message.
final class Sending {

    /// How far a client's clock may be ahead: an id is refused beyond it, because ids of the far future would fill
    /// the window of [RecentMessages] until their time has come.
    static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private Sending() {}

    /// @return null for a new message, which is to be stored; for a repeated one its first acceptance
    /// @throws Refusal `not-a-member`, `forbidden` for a reader, `invalid`, `too-large`, `message-id-reused` or
    ///     `message-id-expired`
    static @Nullable Accepted decide(ConversationState state, SendMessage command) {
        requireVoice(state.members().roleOf(command.sender()));
        Rejection fault = MessageBody.fault(command.body());
        if (fault != null) {
            throw new Refusal(fault);
        }
        RecentMessages.Recent before = state.recent().find(command.message());
        if (before == null) {
            requireNew(state, command);
            return null;
        }
        if (!before.says(command.sender(), MessageBody.hash(command.body()))) {
            throw new Refusal(
                    new Rejection(RejectionCode.MESSAGE_ID_REUSED, "This id was used with other content", "id"));
        }
        return new Accepted(before.id(), command.conversation(), before.seq(), before.at());
    }

    static MessageSent event(SendMessage command) {
        return new MessageSent(
                command.conversation(),
                command.message(),
                command.sender(),
                command.body(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    private static void requireVoice(@Nullable MemberRole role) {
        if (role == null) {
            throw new Refusal(RejectionCode.NOT_A_MEMBER, "You are no member of this conversation");
        }
        if (role == MemberRole.READER) {
            throw new Refusal(RejectionCode.FORBIDDEN, "Readers do not write in this conversation");
        }
    }

    private static void requireNew(ConversationState state, SendMessage command) {
        MessageId id = command.message();
        if (id.unixMillis() > command.at().plus(CLOCK_SKEW).toEpochMilli()) {
            throw new Refusal(Rejection.invalid("id", "The time in the id is more than a day ahead"));
        }
        Imported imported = state.imported();
        boolean amongImported = imported != null && RecentMessages.BY_TIME.compare(id, imported.highest()) <= 0;
        if (amongImported || state.recent().isExpired(id)) {
            throw new Refusal(new Rejection(
                    RejectionCode.MESSAGE_ID_EXPIRED, "The id is too old to tell whether it was used before", "id"));
        }
    }
}
