package dev.parley.command.conversation;

import dev.parley.command.conversation.Recent.Said;
import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.DeleteMessage;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.time.temporal.ChronoUnit;

/// Decides on the deletion of one message, of any age. One that is not among the recent ones is read from the store, at
/// the place that the request names; whether it was deleted before is known if it is among the latest
/// [Deletions].
final class Deleting {

    private Deleting() {}

    /// @param own whether it is the business of who asks
    private record Found(long seq, AccountId sender, boolean own, boolean deleted) {}

    /// @throws Refusal `not-a-member`, `forbidden`, `message-too-old` for one out of the window without its place, or
    ///     `not-found`
    static Decision decide(ConversationState state, StoredMessages stored, DeleteMessage command) {
        Right.WRITE.require(state, command.by());
        Recent recent = state.recent().find(command.message());
        Found found = recent == null ? old(state, stored, command) : recent(recent, command);
        if (!found.own()) {
            Right.DELETE_OTHERS.require(state, command.by());
        }
        return found.deleted()
                ? new Decision.Unchanged()
                : new Decision.News(new MessageDeleted(
                        command.conversation(),
                        command.message(),
                        found.seq(),
                        found.sender(),
                        command.by(),
                        command.at().truncatedTo(ChronoUnit.MILLIS)));
    }

    private static Found recent(Recent recent, DeleteMessage command) {
        Said said = recent.said();
        if (said == null) {
            throw Targets.absent();
        }
        return new Found(recent.seq(), recent.sender(), recent.sender().equals(command.by()), said.deleted());
    }

    private static Found old(ConversationState state, StoredMessages stored, DeleteMessage command) {
        if (!IdRule.isOld(state, command.message())) {
            throw Targets.absent();
        }
        Long seq = command.messageSeq();
        if (seq == null) {
            throw new Refusal(new Rejection(
                    RejectionCode.MESSAGE_TOO_OLD, "The message is not among the recent ones: say its seq", "seq"));
        }
        Object event = stored.at(command.conversation(), seq);
        boolean deleted = state.deletions().has(command.message());
        return switch (event) {
            case MessageSent it
            when it.message().equals(command.message()) ->
                new Found(seq, it.sender(), it.sender().equals(command.by()), deleted);
            case MessageImported it
            when it.message().equals(command.message()) -> new Found(seq, it.sender(), false, deleted);
            case null, default ->
                throw new Refusal(new Rejection(RejectionCode.NOT_FOUND, "This message is not at this place", "seq"));
        };
    }
}
