package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.parley.notifications.gateway.PushResult.Later;
import dev.parley.notifications.gateway.PushResult.Refused;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Apple's push service over HTTP/2, as Apple's "Sending notification requests to APNs" describes it.
///
/// ```
/// apns-id           the outbox row          apns-push-type  alert
/// apns-collapse-id  the conversation        apns-priority   10
/// apns-expiration   the row's expiry        apns-topic      the device's, or the configured one
/// {"aps": {"alert": {"title", "body"}, "sound": "default", "thread-id": conversation},
///  "message": id, "conversation": id, "position": n}
/// ```
final class ApnsSender implements PushNotificationSender {

    private final ApnsClient client;
    private final @Nullable String topic;
    private final Duration timeout;

    /// @param topic for devices that registered none
    ApnsSender(ApnsClient client, @Nullable String topic, Duration timeout) {
        this.client = client;
        this.topic = topic;
        this.timeout = timeout;
    }

    @Override
    public PushResult send(PushNotification notification) throws InterruptedException {
        String own = notification.target().topic();
        String to = own == null ? topic : own;
        if (to == null) {
            return new Refused("no-topic");
        }
        var answer = client.sendNotification(request(notification, to));
        try {
            return ApnsVerdict.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Later("timeout", null);
        } catch (ExecutionException e) {
            return new Later("unreachable", null);
        }
    }

    private static SimpleApnsPushNotification request(PushNotification notification, String topic) {
        var subject = notification.subject();
        PushNotification.Alert alert = (PushNotification.Alert) notification.content();
        String conversation = subject.conversation().toString();
        String payload = new SimpleApnsPayloadBuilder()
                .setAlertTitle(alert.title())
                .setAlertBody(alert.body())
                .setSound(SimpleApnsPayloadBuilder.DEFAULT_SOUND_FILENAME)
                .setThreadId(conversation)
                .addCustomProperty("message", String.valueOf(subject.message()))
                .addCustomProperty("conversation", conversation)
                .addCustomProperty("position", subject.position())
                .build();
        return new SimpleApnsPushNotification(
                notification.target().token(),
                topic,
                payload,
                notification.expires(),
                DeliveryPriority.IMMEDIATE,
                PushType.ALERT,
                conversation,
                notification.id());
    }

    /// Does not wait for the connections to be closed: whoever sends waits for its answers.
    @Override
    public void close() {
        var _ = client.close();
    }
}
