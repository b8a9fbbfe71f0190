package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import dev.parley.messages.SessionId;
import java.util.Set;

/// Somebody who logged in.
///
/// @param id names the session without giving access, safe to show and log
public record Session(SessionId id, AccountId account, String username, Set<Role> roles) {

    /// Names the attribute of an HTTP request that holds the [SessionId] of its caller; absent for nobody.
    public static final String REQUEST_ATTRIBUTE = "dev.parley.session";
}
