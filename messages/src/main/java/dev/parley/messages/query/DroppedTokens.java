package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.time.Instant;
import java.util.List;

/// Devices that cannot be pushed to until their app registers a new token.
public record DroppedTokens(List<Dropped> dropped) {

    /// @param device as the client names it in `hello`
    /// @param reason the provider's word, like `Unregistered`
    /// @param at when it was learnt
    public record Dropped(AccountId account, String device, String reason, Instant at) {}
}
