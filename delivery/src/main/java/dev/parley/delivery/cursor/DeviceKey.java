package dev.parley.delivery.cursor;

import dev.parley.messages.AccountId;

/// One device of an account, as the client named it.
public record DeviceKey(AccountId account, String device) {}
