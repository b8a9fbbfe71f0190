package dev.parley.notifications.outbox;

import dev.parley.notifications.device.PushTarget;
import java.time.Instant;

/// Whether a due row is sent, decided just before sending. The order of the questions is the order of the reasons.
sealed interface SendDecision {

    /// Send it there.
    record Send(PushTarget target) implements SendDecision {}

    /// The row ends unsent.
    ///
    /// @param reason one of a few fixed words
    record End(RowState state, String reason) implements SendDecision {}

    /// Decides.
    ///
    /// @param acknowledged the position that the device has acknowledged, -1 for none
    static SendDecision of(OutboxRow row, long acknowledged, Instant now) {
        PushTarget target = row.now().target();
        if (target == null) {
            return new End(RowState.UNREGISTERED, "device-removed");
        }
        if (!row.now().member()) {
            return new End(RowState.MUTED, "left-conversation");
        }
        if (acknowledged >= row.subject().position()) {
            return new End(RowState.READ, "acknowledged");
        }
        if (!now.isBefore(row.expires())) {
            String last = row.lastReason();
            return new End(RowState.EXPIRED, last == null ? "too-late" : last);
        }
        return new Send(target);
    }
}
