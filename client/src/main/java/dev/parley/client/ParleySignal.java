package dev.parley.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something passing, that nobody stores.
public sealed interface ParleySignal {

    UUID account();

    /// Somebody began or stopped typing.
    record Typing(UUID account, UUID conversation, boolean on) implements ParleySignal {}

    /// Somebody who shares a conversation came or went.
    ///
    /// @param lastActive null where it is not told
    record Presence(UUID account, boolean online, @Nullable Instant lastActive) implements ParleySignal {}
}
