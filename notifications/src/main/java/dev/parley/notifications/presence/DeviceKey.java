package dev.parley.notifications.presence;

import dev.parley.messages.AccountId;

/// A device of an account: the same name in `hello` and in the registration for pushes.
public record DeviceKey(AccountId account, String device) {}
