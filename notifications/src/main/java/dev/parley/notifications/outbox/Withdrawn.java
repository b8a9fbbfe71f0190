package dev.parley.notifications.outbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact that takes something off lock screens.
///
/// @param account who read; null for a message that was deleted for everybody
/// @param message null where everything up to `seq` was read
/// @param seq of the message, or up to where was read
/// @param position of the fact
/// @param at of the fact
public record Withdrawn(
        ConversationId conversation,
        @Nullable AccountId account,
        @Nullable MessageId message,
        long seq,
        long position,
        Instant at) {

    Cause cause() {
        return message == null ? Cause.READ : Cause.DELETED;
    }
}
