package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Accepted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An accepted id in the window: a message's or an edit's.
///
/// @param sender who sent the message or made the edit
/// @param hash of its content, as [ContentHash] makes it
/// @param said what the message is now; null for an edit
record Recent(
        MessageId id,
        AccountId sender,
        String hash,
        long seq,
        Instant at,
        @Nullable Said said) {

    /// What a message is now.
    ///
    /// @param carries whether it has attachments
    /// @param reactions none for a deleted one
    record Said(boolean carries, boolean deleted, Reactions reactions) {

        /// A new message.
        Said(boolean carries) {
            this(carries, false, new Reactions());
        }

        Said gone() {
            return new Said(carries, true, new Reactions());
        }
    }

    Recent with(Said other) {
        return new Recent(id, sender, hash, seq, at, other);
    }

    boolean says(AccountId otherSender, String otherHash) {
        return sender.equals(otherSender) && hash.equals(otherHash);
    }

    Accepted accepted(ConversationId conversation) {
        return new Accepted(id, conversation, seq, at);
    }
}
