package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.util.Set;

/// How far have the devices of these accounts acknowledged, as persisted? Answered by any gateway with [Cursors].
///
/// @param accounts at most 1,000
public record FindCursors(Set<AccountId> accounts) {}
