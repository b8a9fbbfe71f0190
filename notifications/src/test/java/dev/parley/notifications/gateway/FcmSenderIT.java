package dev.parley.notifications.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.notifications.NotificationsProperties.Fcm;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.testing.FcmStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FcmSenderIT implements PushNotificationSenderContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    static Path work;

    private static FcmStub fcm;
    private static FcmSender sender;

    private int before;

    @BeforeAll
    static void start() {
        fcm = FcmStub.start(work);
        sender = new FcmCredentials(new Fcm(fcm.serviceAccountFile(), null, fcm.endpoint()), TIMEOUT, Clock.systemUTC())
                .open();
    }

    @BeforeEach
    void count() {
        before = fcm.received().size();
    }

    @AfterAll
    static void stop() {
        sender.close();
        assertThat(fcm.faults()).isEmpty();
        fcm.close();
    }

    @Test
    void saysWhatGoogleAsksFor() {
        PushNotification notification = notification();
        sender.send(notification);

        FcmStub.Received received = fcm.received().getLast();
        String conversation = notification.subject().conversation().toString();
        assertThat(received.token()).isEqualTo(notification.target().token());
        assertThat(received.message().at("/notification/title").asString()).isEqualTo("Alice · Tea");
        assertThat(received.message().at("/notification/body").asString()).isEqualTo("Grüße, 世界 \"👋\"");
        assertThat(received.message().at("/data/message").asString())
                .isEqualTo(notification.subject().message().toString());
        assertThat(received.message().at("/data/conversation").asString()).isEqualTo(conversation);
        assertThat(received.message().at("/data/position").asString()).isEqualTo("42");
        assertThat(received.message().at("/data/push").asString())
                .isEqualTo(notification.id().toString());
        assertThat(received.message().at("/android/collapse_key").asString()).isEqualTo(conversation);
        assertThat(received.message().at("/android/priority").asString()).isEqualTo("high");
    }

    @Test
    void passesOnHowLongToWait() {
        int refused = fcm.refused().size();
        fcm.unavailableNext(7);
        assertThat(sender.send(notification()))
                .isEqualTo(new PushResult.Unavailable("UNAVAILABLE", Duration.ofSeconds(7)));
        fcm.quotaExceededNext(9);
        assertThat(sender.send(notification()))
                .isEqualTo(new PushResult.Later("QUOTA_EXCEEDED", Duration.ofSeconds(9)));
        assertThat(fcm.refused()).as("one attempt each").hasSize(refused + 2);
    }

    @Test
    void givesUpWhatIsMalformed() {
        fcm.invalidNext();
        assertThat(sender.send(notification())).isEqualTo(new PushResult.Refused("INVALID_ARGUMENT"));
    }

    @Test
    void aFileOfSomethingElseEndsTheStart() throws Exception {
        Path other = Files.writeString(work.resolve("other.json"), "{\"type\": \"service_account\"}");
        assertThatThrownBy(() -> new FcmCredentials(new Fcm(other, null, null), TIMEOUT, Clock.systemUTC()).open())
                .isInstanceOf(UnusableCredentialsException.class)
                .hasMessageContaining("parley.notifications.fcm.service-account-file")
                .hasMessageContaining("other.json is no service account");
    }

    @Override
    public PushNotificationSender sender() {
        return sender;
    }

    @Override
    public PushTarget target() {
        return new PushTarget(Platform.FCM, "fcm:" + UUID.randomUUID(), null, null, Instant.now());
    }

    @Override
    public void busyNext() {
        fcm.unavailableNext(null);
    }

    @Override
    public void unregister(String token) {
        fcm.unregister(token);
    }

    @Override
    public void down() {
        fcm.down();
    }

    @Override
    public void up() {
        fcm.up();
    }

    @Override
    public int arrived() {
        return fcm.received().size() - before;
    }
}
