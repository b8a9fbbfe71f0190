package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.util.Set;

/// In how many conversations does each of these accounts have something unread? Answered by any inbox with [Unread],
/// which waits a little for its projection to reach the position, and answers with what it has where it does not.
///
/// A muted conversation counts only where an unread message mentions the account.
///
/// @param accounts at most 1,000
/// @param position of the newest fact the asker knows of
public record FindUnread(Set<AccountId> accounts, long position) {}
