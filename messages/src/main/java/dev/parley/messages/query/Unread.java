package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.util.List;

/// How many conversations are unread.
///
/// @param counts one an account that was asked for, those with none included; accounts that are gone are absent
/// @param position up to which the inbox had read when it counted
public record Unread(List<Count> counts, long position) {

    /// @param conversations with something unread, as an app's badge shows them
    public record Count(AccountId account, int conversations) {}
}
