package dev.parley.command.account;

import dev.parley.messages.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A name that is held for an account whose event may not be stored yet.
///
/// @param at to the millisecond; it tells one attempt from the next
record Reservation(
        AccountId account, Username username, @Nullable String email, Instant at) {

    /// The same for another account, or of another time.
    Reservation with(AccountId account, Instant at) {
        return new Reservation(account, username, email, at);
    }

    /// Without the address.
    @Override
    public String toString() {
        return "Reservation[account=" + account + ", at=" + at + "]";
    }
}
