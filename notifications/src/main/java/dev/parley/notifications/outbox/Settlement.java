package dev.parley.notifications.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a claimed row becomes.
sealed interface Settlement {

    OutboxRow row();

    String reason();

    /// It ended unsent.
    record Ended(OutboxRow row, RowState state, String reason) implements Settlement {}

    /// The push service has it.
    ///
    /// @param badge that went with it, null for none
    /// @param acknowledged what the device had acknowledged then, -1 for nothing
    record Sent(OutboxRow row, @Nullable Integer badge, long acknowledged) implements Settlement {
        @Override
        public String reason() {
            return "sent";
        }
    }

    /// It is tried again.
    ///
    /// @param attempted whether a push service was asked
    record Postponed(OutboxRow row, Instant due, String reason, boolean attempted) implements Settlement {}
}
