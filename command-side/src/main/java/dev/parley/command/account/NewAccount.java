package dev.parley.command.account;

import org.jspecify.annotations.Nullable;

/// What a person registers with.
///
/// @param displayName null for the user name
public record NewAccount(
        Username username,
        String password,
        @Nullable String email,
        @Nullable String displayName) {

    /// Without the password and the address.
    @Override
    public String toString() {
        return "NewAccount[username=" + username.text() + "]";
    }
}
