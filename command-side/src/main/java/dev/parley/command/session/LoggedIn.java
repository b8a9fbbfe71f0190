package dev.parley.command.session;

import dev.parley.messages.AccountId;

/// The answer to a registration or a login.
///
/// @param username as it was registered, in Unicode's normal form C
public record LoggedIn(AccountId account, String username, String token) {

    /// Without the token.
    @Override
    public String toString() {
        return "LoggedIn[account=" + account + "]";
    }
}
