package dev.parley.notifications.outbox;

import java.time.Instant;

/// What a claimed row becomes.
sealed interface Settlement {

    OutboxRow row();

    String reason();

    record Ended(OutboxRow row, RowState state, String reason) implements Settlement {}

    record Postponed(OutboxRow row, Instant due, String reason) implements Settlement {}
}
