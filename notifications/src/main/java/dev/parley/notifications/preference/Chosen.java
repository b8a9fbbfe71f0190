package dev.parley.notifications.preference;

import java.time.ZoneId;

/// What an account has said, or what holds for one that never said anything.
///
/// @param timeZone where the account is; that of its quiet hours, if it has any
record Chosen(ZoneId timeZone, Preferences preferences) {}
