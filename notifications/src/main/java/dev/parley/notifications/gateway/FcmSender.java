package dev.parley.notifications.gateway;

import com.google.firebase.FirebaseApp;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import dev.parley.notifications.gateway.PushResult.Sent;
import dev.parley.notifications.gateway.PushResult.Unavailable;
import java.io.UncheckedIOException;
import java.time.Clock;

/// Firebase Cloud Messaging, HTTP v1. [FcmRequest] says what goes there, [FcmVerdict] what the answers
/// mean.
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
            messaging.send(FcmRequest.of(notification, clock.instant()));
            return new Sent();
        } catch (FirebaseMessagingException e) {
            return FcmVerdict.of(e);
        } catch (UncheckedIOException e) {
            return new Unavailable("unreachable", null);
        }
    }

    @Override
    public void close() {
        app.delete();
    }
}
