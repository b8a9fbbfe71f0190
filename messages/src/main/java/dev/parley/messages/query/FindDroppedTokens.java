package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.util.Set;

/// Which devices of these accounts have a push token that its provider has dropped? Answered by the notifications role
/// with [DroppedTokens].
///
/// @param accounts at most 1,000
public record FindDroppedTokens(Set<AccountId> accounts) {}
