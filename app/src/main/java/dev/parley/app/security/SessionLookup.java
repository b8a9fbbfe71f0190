package dev.parley.app.security;

import dev.parley.messages.query.Session;
import org.jspecify.annotations.Nullable;

/// Whose token it is, as command-side's table says now.
interface SessionLookup {

    /// @param tokenHash as `FindSession` takes it
    /// @return null for a token that is unknown, ended or expired
    /// @throws dev.parley.messages.RejectedException `unavailable` if it cannot be told now
    @Nullable
    Session find(String tokenHash);
}
