package dev.parley.notifications.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.PushTarget;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every push service's gateway does, against a stand-in that speaks the service's protocol.
interface PushNotificationSenderContract {

    PushNotificationSender sender();

    /// A target of a new device.
    PushTarget target();

    void busyNext();

    void unregister(String token);

    void down();

    void up();

    /// How many pushes arrived.
    int arrived();

    default PushNotification notification() {
        return notification(
                new PushNotification.Alert("Alice · Tea", "Grüße, 世界 \"👋\"", PushNotification.Urgency.ORDINARY, null));
    }

    default PushNotification notification(PushNotification.Content content) {
        return new PushNotification(
                UUID.randomUUID(),
                target(),
                new PushNotification.Subject(
                        MessageId.at(System.currentTimeMillis(), UUID.randomUUID()),
                        new ConversationId(UUID.randomUUID()),
                        7,
                        42),
                content,
                Instant.now().plus(4, ChronoUnit.HOURS));
    }

    @Test
    default void takesAPush() throws InterruptedException {
        assertThat(sender().send(notification())).isEqualTo(new PushResult.Sent());
        assertThat(arrived()).isEqualTo(1);
    }

    @Test
    default void takesAWithdrawal() throws InterruptedException {
        assertThat(sender().send(notification(new PushNotification.Withdrawal(0))))
                .isEqualTo(new PushResult.Sent());
        assertThat(arrived()).isEqualTo(1);
    }

    @Test
    default void triesABusyServiceOnceOnly() throws InterruptedException {
        busyNext();
        assertThat(sender().send(notification())).isInstanceOfAny(PushResult.Later.class, PushResult.Unavailable.class);
        assertThat(arrived()).isZero();
    }

    @Test
    default void reportsATokenThatIsGone() throws InterruptedException {
        PushNotification notification = notification();
        unregister(notification.target().token());
        assertThat(sender().send(notification)).isInstanceOf(PushResult.TokenGone.class);
    }

    @Test
    default void comesBackAfterTheServiceWasAway() throws InterruptedException {
        down();
        long before = System.nanoTime();
        assertThat(sender().send(notification())).isInstanceOf(PushResult.Unavailable.class);
        assertThat(System.nanoTime() - before).as("no waiting of its own").isLessThan(SECONDS.toNanos(8));
        up();
        await().until(() -> sender().send(notification()) instanceof PushResult.Sent);
    }
}
