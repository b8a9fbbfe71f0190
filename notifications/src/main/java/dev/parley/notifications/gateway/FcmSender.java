package dev.parley.notifications.gateway;

import com.google.firebase.FirebaseApp;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import dev.parley.notifications.gateway.PushResult.Later;
import dev.parley.notifications.gateway.PushResult.Sent;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

/// Firebase Cloud Messaging, HTTP v1.
///
/// ```
/// {"message": {"token", "notification": {"title", "body"},
///   "data": {"message": id, "conversation": id, "position": "n", "push": the outbox row},
///   "android": {"collapse_key": conversation, "priority": "high", "ttl": until the row's expiry}}}
/// ```
/// FCM has no idempotency key: an app drops a repeat by `data.push`, and the collapse key shows one of the two.
final class FcmSender implements PushNotificationSender {

    private final FirebaseApp app;
    private final FirebaseMessaging messaging;
    private final Clock clock;

    FcmSender(FirebaseApp app, Clock clock) {
        this.app = app;
        this.messaging = FirebaseMessaging.getInstance(app);
        this.clock = clock;
    }

    @Override
    public PushResult send(PushNotification notification) {
        try {
            messaging.send(request(notification));
            return new Sent();
        } catch (FirebaseMessagingException e) {
            return FcmVerdict.of(e);
        } catch (UncheckedIOException e) {
            return new Later("unreachable", null);
        }
    }

    /// Tokens are what apps register today; Firebase's installation ids, their successor, are not given out everywhere.
    @SuppressWarnings("deprecation")
    private Message request(PushNotification notification) {
        var subject = notification.subject();
        PushNotification.Alert alert = (PushNotification.Alert) notification.content();
        Duration left = Duration.between(clock.instant(), notification.expires());
        return Message.builder()
                .setToken(notification.target().token())
                .setNotification(Notification.builder()
                        .setTitle(alert.title())
                        .setBody(alert.body())
                        .build())
                .putData("message", String.valueOf(subject.message()))
                .putData("conversation", subject.conversation().toString())
                .putData("position", Long.toString(subject.position()))
                .putData("push", notification.id().toString())
                .setAndroidConfig(AndroidConfig.builder()
                        .setCollapseKey(subject.conversation().toString())
                        .setPriority(AndroidConfig.Priority.HIGH)
                        .setTtl(Math.max(0, left.toMillis()))
                        .build())
                .build();
    }

    @Override
    public void close() {
        app.delete();
    }
}
