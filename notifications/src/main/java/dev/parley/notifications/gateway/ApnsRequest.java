package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.ApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.InterruptionLevel;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.parley.notifications.gateway.PushNotification.Alert;
import dev.parley.notifications.gateway.PushNotification.Subject;
import dev.parley.notifications.gateway.PushNotification.Urgency;
import dev.parley.notifications.gateway.PushNotification.Withdrawal;
import java.util.LinkedHashMap;
import java.util.Map;

/// A push as Apple's "Sending notification requests to APNs" and "Generating a remote notification" describe it.
///
/// ```
/// apns-id           the outbox row          apns-expiration  the row's expiry
/// apns-topic        the device's, or the configured one
///
/// to ring:          apns-push-type alert, apns-priority 10, apns-collapse-id the conversation
/// {"aps": {"alert": {"title", "body"}, "sound": "default", "badge": n, "thread-id": conversation,
///          "mutable-content": 1, "interruption-level": "active" or for a mention "time-sensitive"},
///  "message": id, "conversation": id, "seq": n, "position": n}
/// Without a body the alert has "loc-key": "NEW_MESSAGE", for the app to say in its own words.
///
/// to withdraw:      apns-push-type background, apns-priority 5, apns-collapse-id the conversation, "-w"
/// {"aps": {"content-available": 1},
///  "withdraw": {"conversation": id, "seq": n, "message": id, "badge": n}}
/// Apple wants no badge in the aps of a background push; the app sets it.
/// ```
final class ApnsRequest {

    private static final String NEW_MESSAGE = "NEW_MESSAGE";

    private ApnsRequest() {}

    static SimpleApnsPushNotification of(PushNotification notification, String topic) {
        return switch (notification.content()) {
            case Alert alert -> alert(notification, alert, topic);
            case Withdrawal withdrawal -> withdrawal(notification, withdrawal, topic);
        };
    }

    private static SimpleApnsPushNotification alert(PushNotification notification, Alert alert, String topic) {
        Subject subject = notification.subject();
        String conversation = subject.conversation().toString();
        ApnsPayloadBuilder payload = new SimpleApnsPayloadBuilder()
                .setAlertTitle(alert.title())
                .setSound(SimpleApnsPayloadBuilder.DEFAULT_SOUND_FILENAME)
                .setBadgeNumber(alert.badge())
                .setThreadId(conversation)
                .setMutableContent(true)
                .setInterruptionLevel(
                        alert.urgency() == Urgency.MENTION
                                ? InterruptionLevel.TIME_SENSITIVE
                                : InterruptionLevel.ACTIVE)
                .addCustomProperty("message", String.valueOf(subject.message()))
                .addCustomProperty("conversation", conversation)
                .addCustomProperty("seq", subject.seq())
                .addCustomProperty("position", subject.position());
        if (alert.body() == null) {
            payload.setLocalizedAlertMessage(NEW_MESSAGE);
        } else {
            payload.setAlertBody(alert.body());
        }
        return new SimpleApnsPushNotification(
                notification.target().token(),
                topic,
                payload.build(),
                notification.expires(),
                DeliveryPriority.IMMEDIATE,
                PushType.ALERT,
                conversation,
                notification.id());
    }

    private static SimpleApnsPushNotification withdrawal(
            PushNotification notification, Withdrawal withdrawal, String topic) {
        Subject subject = notification.subject();
        Map<String, Object> withdraw = new LinkedHashMap<>();
        withdraw.put("conversation", subject.conversation().toString());
        withdraw.put("seq", subject.seq());
        if (subject.message() != null) {
            withdraw.put("message", subject.message().toString());
        }
        if (withdrawal.badge() != null) {
            withdraw.put("badge", withdrawal.badge());
        }
        String payload = new SimpleApnsPayloadBuilder()
                .setContentAvailable(true)
                .addCustomProperty("withdraw", withdraw)
                .build();
        return new SimpleApnsPushNotification(
                notification.target().token(),
                topic,
                payload,
                notification.expires(),
                DeliveryPriority.CONSERVE_POWER,
                PushType.BACKGROUND,
                subject.conversation() + "-w",
                notification.id());
    }
}
