package dev.parley.notifications.outbox;

import org.jspecify.annotations.Nullable;

/// What others know about the device of a claimed row.
///
/// @param acknowledged the position that the device has acknowledged, -1 for none
/// @param unread conversations of its account, null where no inbox could tell
record Known(long acknowledged, @Nullable Integer unread) {}
