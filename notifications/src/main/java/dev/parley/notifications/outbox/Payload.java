package dev.parley.notifications.outbox;

import dev.parley.notifications.gateway.PushNotification;
import dev.parley.notifications.gateway.PushNotification.Alert;
import dev.parley.notifications.gateway.PushNotification.Content;
import dev.parley.notifications.gateway.PushNotification.Urgency;
import dev.parley.notifications.gateway.PushNotification.Withdrawal;
import org.jspecify.annotations.Nullable;

/// What goes out for a row.
final class Payload {

    private Payload() {}

    static PushNotification of(OutboxRow row, SendDecision.Send send) {
        var subject = row.subject();
        return new PushNotification(
                row.id(),
                send.target(),
                new PushNotification.Subject(
                        subject.message(), subject.conversation(), subject.seq(), subject.position()),
                switch (subject.cause()) {
                    case MESSAGE -> alert(row, send.badge());
                    case READ, DELETED, OVERTAKEN -> new Withdrawal(send.badge());
                },
                row.expires());
    }

    /// The title of a conversation is in the payload, what was said only where its reader wants it
    /// there.
    private static Content alert(OutboxRow row, @Nullable Integer badge) {
        var said = row.now().said();
        boolean preview = row.now().preferences().preview();
        return new Alert(
                Excerpt.ofTitle(said.title()),
                preview ? said.excerpt() : null,
                row.subject().mentioned() ? Urgency.MENTION : Urgency.ORDINARY,
                badge);
    }
}
