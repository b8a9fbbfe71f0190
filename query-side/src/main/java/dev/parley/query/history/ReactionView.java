package dev.parley.query.history;

import java.util.List;

/// A kind of reaction to a message as clients see it.
///
/// @param count accounts that reacted so
/// @param accounts the first 20 of them
/// @param mine whether the caller is among all of them
public record ReactionView(String reaction, long count, List<String> accounts, boolean mine) {}
