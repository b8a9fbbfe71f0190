package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import java.util.Set;
import java.util.UUID;

/// Somebody who logged in.
///
/// @param id names the session without giving access, safe to show and log
public record Session(UUID id, AccountId account, String username, Set<Role> roles) {}
