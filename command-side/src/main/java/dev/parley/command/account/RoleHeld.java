package dev.parley.command.account;

/// The answer to `GrantRole` and `WithdrawRole`.
///
/// @param seq the last event of the account that this takes into account
record RoleHeld(boolean held, long seq) {}
