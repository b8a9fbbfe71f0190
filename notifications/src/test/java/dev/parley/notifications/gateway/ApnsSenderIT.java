package dev.parley.notifications.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.pushy.apns.server.RejectionReason;
import dev.parley.notifications.NotificationsProperties.Apns;
import dev.parley.notifications.Settings;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.testing.ApnsMock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApnsSenderIT implements PushNotificationSenderContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    static Path work;

    private static ApnsMock apns;
    private static ApnsSender sender;

    private int before;

    @BeforeAll
    static void start() {
        apns = ApnsMock.start(work);
        sender = new ApnsCredentials(settings(apns.keyFile()), TIMEOUT).open();
    }

    @BeforeEach
    void count() {
        before = apns.received().size();
    }

    @AfterAll
    static void stop() {
        sender.close();
        apns.close();
    }

    private static Apns settings(Path keyFile) {
        Map<String, Object> settings = new HashMap<>(apns.settings(""));
        settings.put("apns.key-file", keyFile);
        return Settings.of(settings).apns();
    }

    @Test
    void saysWhatAppleAsksFor() throws InterruptedException {
        PushNotification notification = notification();
        sender.send(notification);

        ApnsMock.Received received = apns.received().getLast();
        String conversation = notification.subject().conversation().toString();
        assertThat(received.deviceToken()).isEqualTo(notification.target().token());
        assertThat(received.headers())
                .containsEntry("apns-id", notification.id().toString())
                .containsEntry("apns-collapse-id", conversation)
                .containsEntry("apns-topic", apns.topic())
                .containsEntry("apns-push-type", "alert")
                .containsEntry("apns-priority", "10")
                .containsEntry(
                        "apns-expiration", Long.toString(notification.expires().getEpochSecond()));
        assertThat(received.payload().at("/aps/alert/title").asString()).isEqualTo("Alice · Tea");
        assertThat(received.payload().at("/aps/alert/body").asString()).isEqualTo("Grüße, 世界 \"👋\"");
        assertThat(received.payload().at("/aps/thread-id").asString()).isEqualTo(conversation);
        assertThat(received.payload().at("/conversation").asString()).isEqualTo(conversation);
        assertThat(received.payload().at("/position").asLong()).isEqualTo(42);
    }

    @Test
    void tellsSinceWhenATokenIsGone() throws InterruptedException {
        PushNotification notification = notification();
        Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
        apns.unregister(notification.target().token(), since);
        assertThat(sender.send(notification)).isEqualTo(new PushResult.TokenGone("Unregistered", since));
    }

    @Test
    void givesUpWhatIsMalformed() throws InterruptedException {
        apns.rejectNext(RejectionReason.PAYLOAD_TOO_LARGE);
        assertThat(sender.send(notification())).isEqualTo(new PushResult.Refused("PayloadTooLarge"));
    }

    @Test
    void keepsWhatAnOperatorCanMend() throws InterruptedException {
        apns.rejectNext(RejectionReason.INVALID_PROVIDER_TOKEN);
        assertThat(sender.send(notification())).isEqualTo(new PushResult.Misconfigured("InvalidProviderToken"));
    }

    @Test
    void aMissingKeyFileEndsTheStart() {
        assertThatThrownBy(() -> new ApnsCredentials(settings(work.resolve("nowhere.p8")), TIMEOUT).open())
                .isInstanceOf(UnusableCredentialsException.class)
                .hasMessageContaining("parley.notifications.apns.key-file")
                .hasMessageContaining("nowhere.p8 does not exist");
    }

    @Test
    void aKeyFileOfSomethingElseEndsTheStart() throws Exception {
        Path other = Files.writeString(
                work.resolve("other.p8"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> new ApnsCredentials(settings(other), TIMEOUT).open())
                .isInstanceOf(UnusableCredentialsException.class)
                .hasMessageContaining("other.p8 is no PKCS #8 key");
    }

    @Override
    public PushNotificationSender sender() {
        return sender;
    }

    @Override
    public PushTarget target() {
        String token = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
        return new PushTarget(Platform.APNS, token, null, null, Instant.now());
    }

    @Override
    public void busyNext() {
        apns.rejectNext(RejectionReason.TOO_MANY_REQUESTS);
    }

    @Override
    public void unregister(String token) {
        apns.unregister(token, Instant.now());
    }

    @Override
    public void down() {
        apns.down();
    }

    @Override
    public void up() {
        apns.up();
    }

    @Override
    public int arrived() {
        return apns.received().size() - before;
    }
}
