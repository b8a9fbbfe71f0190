package dev.parley.notifications.gateway;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import com.google.firebase.messaging.WebpushConfig;
import com.google.firebase.messaging.WebpushNotification;
import dev.parley.notifications.gateway.PushNotification.Alert;
import dev.parley.notifications.gateway.PushNotification.Subject;
import dev.parley.notifications.gateway.PushNotification.Withdrawal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// A push as the HTTP v1 API of Firebase describes it, for Android and, as web push, for browsers.
///
/// ```
/// to ring:     {"token", "notification": {"title", "body"},
///   "data": {"message": id, "conversation": id, "seq": "n", "position": "n", "push": the outbox row},
///   "android": {"collapse_key": conversation, "priority": "high", "ttl": until the row's expiry,
///               "notification": {"tag": conversation, "notification_count": badge}},
///   "webpush": {"headers": {"TTL", "Urgency": "high", "Topic"}, "notification": {"tag": conversation, "renotify":
/// true}}}
/// Without a body "android.notification.body_loc_key" is NEW_MESSAGE, for the app to say in its own words, and
/// "data.body_loc_key" says it to a service worker.
///
/// to withdraw: {"token",
///   "data": {"withdraw": conversation, "seq": "n", "message": id, "badge": "n", "push": the outbox row},
///   "android": {"collapse_key": conversation + "-w", "priority": "normal", "ttl"},
///   "webpush": {"headers": {"TTL", "Urgency": "low", "Topic"}}}
/// ```
/// FCM has no idempotency key: an app drops a repeat by `data.push`, and tag and collapse key show one of the two.
final class FcmRequest {

    private static final String NEW_MESSAGE = "NEW_MESSAGE";
    /// RFC 8030, section 5.4: at most 32 characters of the URL-safe Base64 alphabet.
    private static final int TOPIC_BYTES = 16;

    private FcmRequest() {}

    static Message of(PushNotification notification, Instant now) {
        Duration left = Duration.between(now, notification.expires());
        Duration ttl = left.isNegative() ? Duration.ZERO : left;
        return switch (notification.content()) {
            case Alert alert -> alert(notification, alert, ttl);
            case Withdrawal withdrawal -> withdrawal(notification, withdrawal, ttl);
        };
    }

    private static Message alert(PushNotification push, Alert alert, Duration ttl) {
        Subject subject = push.subject();
        String conversation = subject.conversation().toString();
        var text = Notification.builder().setTitle(alert.title());
        var android = AndroidNotification.builder().setTag(conversation);
        Message.Builder message = to(push).putData("message", String.valueOf(subject.message()))
                .putData("conversation", conversation)
                .putData("position", Long.toString(subject.position()));
        if (alert.body() == null) {
            android.setBodyLocalizationKey(NEW_MESSAGE);
            message.putData("body_loc_key", NEW_MESSAGE);
        } else {
            text.setBody(alert.body());
        }
        Integer badge = alert.badge();
        if (badge != null && badge > 0) {
            android.setNotificationCount(badge);
        }
        return message.setNotification(text.build())
                .setAndroidConfig(AndroidConfig.builder()
                        .setCollapseKey(conversation)
                        .setPriority(AndroidConfig.Priority.HIGH)
                        .setTtl(ttl.toMillis())
                        .setNotification(android.build())
                        .build())
                .setWebpushConfig(WebpushConfig.builder()
                        .putHeader("TTL", Long.toString(ttl.toSeconds()))
                        .putHeader("Urgency", "high")
                        .putHeader("Topic", topic(subject, 'r'))
                        .setNotification(WebpushNotification.builder()
                                .setTag(conversation)
                                .setRenotify(true)
                                .build())
                        .build())
                .build();
    }

    private static Message withdrawal(PushNotification push, Withdrawal withdrawal, Duration ttl) {
        Subject subject = push.subject();
        String conversation = subject.conversation().toString();
        Message.Builder message = to(push).putData("withdraw", conversation);
        if (subject.message() != null) {
            message.putData("message", subject.message().toString());
        }
        if (withdrawal.badge() != null) {
            message.putData("badge", withdrawal.badge().toString());
        }
        return message.setAndroidConfig(AndroidConfig.builder()
                        .setCollapseKey(conversation + "-w")
                        .setPriority(AndroidConfig.Priority.NORMAL)
                        .setTtl(ttl.toMillis())
                        .build())
                .setWebpushConfig(WebpushConfig.builder()
                        .putHeader("TTL", Long.toString(ttl.toSeconds()))
                        .putHeader("Urgency", "low")
                        .putHeader("Topic", topic(subject, 'w'))
                        .build())
                .build();
    }

    /// Tokens are what apps register today; Firebase's installation ids, their successor, are not given
    /// out everywhere.
    @SuppressWarnings("deprecation")
    private static Message.Builder to(PushNotification push) {
        return Message.builder()
                .setToken(push.target().token())
                .putData("seq", Long.toString(push.subject().seq()))
                .putData("push", push.id().toString());
    }

    private static String topic(Subject subject, char kind) {
        var id = subject.conversation().value();
        byte[] bytes = ByteBuffer.allocate(TOPIC_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return kind + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
