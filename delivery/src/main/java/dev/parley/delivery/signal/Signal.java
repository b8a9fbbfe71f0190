package dev.parley.delivery.signal;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What nodes tell one another. Any of them may get lost; none may be needed.
public sealed interface Signal {

    /// A member begins to type, or stops.
    record Typing(ConversationId conversation, AccountId account, boolean on) implements Signal {}

    /// A newer socket of a device took over from another node's. A hint: the table of claims is the truth.
    record DeviceClaimed(DeviceKey device, long number) implements Signal {}

    /// An account came or went.
    ///
    /// @param lastActive for one that went, if it is known
    record PresenceChanged(
            AccountId account, boolean online, @Nullable Instant lastActive) implements Signal {}
}
