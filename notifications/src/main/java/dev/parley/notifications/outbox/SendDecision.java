package dev.parley.notifications.outbox;

import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.outbox.OutboxRow.Circumstances;
import dev.parley.notifications.outbox.OutboxRow.Registered;
import dev.parley.notifications.outbox.OutboxRow.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a due row is sent, decided just before sending by what is true then. The order of the questions is the order
/// of the reasons: a row that has several has the first.
sealed interface SendDecision {

    /// Send it there.
    ///
    /// @param badge null where the app's icon shows it already, or where no inbox could tell
    record Send(PushTarget target, @Nullable Integer badge) implements SendDecision {}

    /// The row ends unsent.
    ///
    /// @param reason one of a few fixed words
    record End(RowState state, String reason) implements SendDecision {}

    /// Nobody can tell yet.
    record Wait(String reason) implements SendDecision {}

    static SendDecision of(OutboxRow row, Known known, Instant now) {
        Registered registered = row.now().registered();
        if (registered == null) {
            return new End(RowState.UNREGISTERED, "device-removed");
        }
        if (registered.dropped()) {
            return new End(RowState.UNREGISTERED, "token-dropped");
        }
        Integer badge = badge(registered, known);
        return switch (row.subject().cause()) {
            // An inbox that counts none has not seen this message yet.
            case MESSAGE ->
                ring(row, known, now, new Send(registered.target(), badge != null && badge == 0 ? null : badge));
            case READ, DELETED, OVERTAKEN -> withdraw(row, known, now, new Send(registered.target(), badge));
        };
    }

    private static SendDecision ring(OutboxRow row, Known known, Instant now, Send send) {
        Subject subject = row.subject();
        Circumstances is = row.now();
        if (is.said().deleted()) {
            return new End(RowState.DELETED, "message-deleted");
        }
        if (!is.member()) {
            return new End(RowState.MUTED, "left-conversation");
        }
        if (known.acknowledged() >= subject.position()) {
            return new End(RowState.READ, "acknowledged");
        }
        if (is.mark().readSeq() >= subject.seq()) {
            return new End(RowState.READ, "read-elsewhere");
        }
        if (!now.isBefore(row.expires())) {
            return expired(row);
        }
        if (is.mark().muted() && !(subject.mentioned() && is.preferences().mentionsBreakMute())) {
            return new End(RowState.MUTED, "conversation-muted");
        }
        if (is.preferences().quietAt(now)) {
            return new End(RowState.MUTED, "quiet-hours");
        }
        return send;
    }

    /// It makes no sound, so it comes at any hour, for muted conversations too.
    private static SendDecision withdraw(OutboxRow row, Known known, Instant now, Send send) {
        Subject subject = row.subject();
        if (known.acknowledged() >= subject.position()) {
            return new End(RowState.READ, "acknowledged");
        }
        if (!now.isBefore(row.expires())) {
            return expired(row);
        }
        if (subject.found() == Found.BADGE) {
            if (known.unread() == null) {
                return new Wait("badge-unknown");
            }
            if (send.badge() == null) {
                return new End(RowState.READ, "badge-unchanged");
            }
        }
        return send;
    }

    private static End expired(OutboxRow row) {
        String last = row.claim().lastReason();
        return new End(RowState.EXPIRED, last == null ? "too-late" : last);
    }

    /// An app that came by since the last badge has set its own: then the number is sent even if it is the same.
    private static @Nullable Integer badge(Registered registered, Known known) {
        Integer unread = known.unread();
        boolean shown =
                unread != null && unread.equals(registered.badge()) && known.acknowledged() <= registered.badgeCursor();
        return shown ? null : unread;
    }
}
