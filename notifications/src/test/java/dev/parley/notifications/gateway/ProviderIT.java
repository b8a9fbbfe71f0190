package dev.parley.notifications.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eatthepath.pushy.apns.server.RejectionReason;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.Settings;
import dev.parley.notifications.device.ApnsEnvironment;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.gateway.PushResult.Misconfigured;
import dev.parley.notifications.gateway.PushResult.Paused;
import dev.parley.notifications.gateway.PushResult.Sent;
import dev.parley.notifications.gateway.PushResult.TokenGone;
import dev.parley.notifications.gateway.PushResult.Unavailable;
import dev.parley.notifications.testing.ApnsMock;
import dev.parley.notifications.testing.FcmStub;
import dev.parley.notifications.testing.SilentLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a push service does to us, over its own protocol: HTTP/2 and TLS for APNs, OAuth and HTTP for
/// FCM.
class ProviderIT {

    @TempDir
    static Path work;

    private static ApnsMock apns;
    private static FcmStub fcm;

    private SilentLine line;
    private int rejectedBefore;
    private int refusedBefore;
    private final Map<String, Object> settings = new HashMap<>();
    private final List<PushGateways> opened = new ArrayList<>();

    @BeforeAll
    static void startServices() {
        apns = ApnsMock.start(work);
        fcm = FcmStub.start(work);
    }

    @AfterAll
    static void stopServices() {
        apns.close();
        fcm.close();
    }

    @BeforeEach
    void start() throws IOException {
        rejectedBefore = apns.rejected().size();
        refusedBefore = fcm.refused().size();
        line = new SilentLine(apns.port());
        settings.putAll(apns.settings(""));
        settings.put("apns.port", line.port());
        settings.putAll(Map.of(
                "fcm.service-account-file",
                fcm.serviceAccountFile(),
                "fcm.endpoint",
                fcm.endpoint(),
                "outbox.send-timeout",
                "2s",
                "breaker.calls",
                4,
                "breaker.open",
                "300ms",
                "breaker.probes",
                1,
                "credentials-poll",
                "50ms"));
    }

    @AfterEach
    void stop() throws IOException {
        opened.forEach(PushGateways::close);
        line.close();
        fcm.own();
    }

    @ParameterizedTest
    @EnumSource(RejectionReason.class)
    void everyRejectionComesAsItsVerdict(RejectionReason reason) throws Exception {
        settings.put("breaker.calls", 1_000);
        PushNotificationSender sender = open().sender(Platform.APNS);
        apns.rejectNext(reason);
        PushResult result = sender.send(push(Platform.APNS));
        assertThat(result.reason()).isEqualTo(Verdicts.text(reason));
        assertThat(result.getClass())
                .isEqualTo(ApnsVerdict.of(0, Verdicts.text(reason), null, false).getClass());
    }

    @Test
    void aTokenIsGoneSinceWhenAppleSays() throws Exception {
        PushNotification push = push(Platform.APNS);
        Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
        apns.unregister(push.target().token(), since);
        assertThat(open().sender(Platform.APNS).send(push)).isEqualTo(new TokenGone("Unregistered", since));
    }

    @Test
    void aServiceThatStallsIsGivenUpInTimeAndThenLeftAlone() throws Exception {
        PushGateways gateways = open();
        PushNotificationSender sender = gateways.sender(Platform.APNS);
        assertThat(sender.send(push(Platform.APNS))).isEqualTo(new Sent());
        line.fallSilent();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<PushResult>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                PushNotification push = push(Platform.APNS);
                calls.add(() -> sender.send(push));
            }
            for (Future<PushResult> result : threads.invokeAll(calls)) {
                assertThat(result.get()).isEqualTo(new Unavailable("timeout", null));
            }
        }
        assertThat(gateways.state(Platform.APNS)).isInstanceOf(ProviderState.Paused.class);
        assertThat(sender.send(push(Platform.APNS))).isInstanceOf(Paused.class);

        line.mend();
        await().until(() -> sender.send(push(Platform.APNS)) instanceof Sent);
        await().untilAsserted(() -> assertThat(gateways.state(Platform.APNS)).isEqualTo(new ProviderState.Ready()));
    }

    @Test
    void aLostConnectionIsMadeAnew() throws Exception {
        settings.put("breaker.calls", 1_000);
        PushNotificationSender sender = open().sender(Platform.APNS);
        assertThat(sender.send(push(Platform.APNS))).isEqualTo(new Sent());
        line.fallSilent();
        PushNotification lost = push(Platform.APNS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PushResult> result = threads.submit(() -> sender.send(lost));
            line.mend();
            assertThat(result.get()).isInstanceOfAny(Unavailable.class, Sent.class);
        }
        await().until(() -> sender.send(lost) instanceof Sent);
    }

    /// Netty's server says GOAWAY when it closes, as Apple does before it takes a host down.
    @Test
    void aServiceThatGoesAwayAndComesBackLosesNothing() throws Exception {
        PushNotificationSender sender = open().sender(Platform.APNS);
        assertThat(sender.send(push(Platform.APNS))).isEqualTo(new Sent());
        apns.down();
        await().ignoreExceptions().until(() -> {
            apns.up();
            return true;
        });
        PushNotification push = push(Platform.APNS);
        await().until(() -> sender.send(push) instanceof Sent);
        assertThat(apns.received().getLast().apnsId()).isEqualTo(push.id().toString());
    }

    @Test
    void aStallOrALostLineToGoogleIsGivenUpAndMended() throws Exception {
        try (SilentLine google = new SilentLine(fcm.endpoint().getPort())) {
            settings.put("fcm.endpoint", "http://127.0.0.1:" + google.port());
            settings.put("breaker.calls", 1_000);
            PushNotificationSender sender = open().sender(Platform.FCM);
            assertThat(sender.send(push(Platform.FCM))).isEqualTo(new Sent());
            google.fallSilent();
            assertThat(sender.send(push(Platform.FCM))).isInstanceOf(Unavailable.class);
            google.mend();
            PushNotification push = push(Platform.FCM);
            await().until(() -> sender.send(push) instanceof Sent);
            google.cut();
            await().until(() -> sender.send(push) instanceof Sent);
        }
    }

    @Test
    void aServiceIsLeftAloneForAsLongAsItAsks() throws Exception {
        PushGateways gateways = open();
        PushNotificationSender sender = gateways.sender(Platform.FCM);
        fcm.unavailableNext(60);
        assertThat(sender.send(push(Platform.FCM))).isEqualTo(new Unavailable("UNAVAILABLE", Duration.ofMinutes(1)));
        assertThat(sender.send(push(Platform.FCM)))
                .isInstanceOfSatisfying(
                        Paused.class,
                        paused -> assertThat(paused.left()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1)));
        assertThat(gateways.state(Platform.FCM)).isInstanceOf(ProviderState.Paused.class);
        assertThat(fcm.refused()).hasSize(refusedBefore + 1);
    }

    @Test
    void credentialsThatAreNotTakenAreProbedNowAndThenOnly() throws Exception {
        PushGateways gateways = open();
        PushNotificationSender sender = gateways.sender(Platform.APNS);
        apns.rejectNext(RejectionReason.INVALID_PROVIDER_TOKEN);
        assertThat(sender.send(push(Platform.APNS))).isEqualTo(new Misconfigured("InvalidProviderToken"));
        assertThat(gateways.state(Platform.APNS)).isEqualTo(new ProviderState.Misconfigured("InvalidProviderToken"));
        assertThat(sender.send(push(Platform.APNS))).isInstanceOf(Paused.class);
        assertThat(apns.rejected()).hasSize(rejectedBefore + 1);
    }

    @Test
    void anAccountThatGoogleDoesNotKnowIsAnAlarm() throws Exception {
        fcm.disown();
        PushGateways gateways = open();
        assertThat(gateways.sender(Platform.FCM).send(push(Platform.FCM))).isEqualTo(new Misconfigured("oauth"));
        assertThat(gateways.state(Platform.FCM)).isEqualTo(new ProviderState.Misconfigured("oauth"));
    }

    @Test
    void googlesPlatformRefusesInItsOwnWords() throws Exception {
        PushNotificationSender sender = open().sender(Platform.FCM);
        fcm.refuseNext(404, "NOT_FOUND", "UNREGISTERED");
        assertThat(sender.send(push(Platform.FCM))).isEqualTo(new TokenGone("UNREGISTERED", null));
        fcm.refuseNext(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH");
        assertThat(sender.send(push(Platform.FCM))).isEqualTo(new TokenGone("SENDER_ID_MISMATCH", null));
        fcm.refuseNext(500, "INTERNAL", "INTERNAL");
        assertThat(sender.send(push(Platform.FCM))).isEqualTo(new Unavailable("INTERNAL", null));
        fcm.refuseNext(403, "PERMISSION_DENIED", null);
        assertThat(sender.send(push(Platform.FCM))).isEqualTo(new Misconfigured("PERMISSION_DENIED"));
    }

    @Test
    void tokensOfTheSandboxGoThere() throws Exception {
        line.close();
        PushNotificationSender sender = open().sender(Platform.APNS);
        PushTarget sandbox = new PushTarget(Platform.APNS, token(), null, ApnsEnvironment.SANDBOX, Instant.now());
        assertThat(sender.send(push(sandbox))).isEqualTo(new Sent());
        assertThat(sender.send(push(Platform.APNS))).isEqualTo(new Unavailable("unreachable", null));
    }

    @Test
    void whatTheSandboxDoesStopsNobodyElse() throws Exception {
        PushGateways gateways = open();
        PushNotificationSender sender = gateways.sender(Platform.APNS);
        PushTarget sandbox = new PushTarget(Platform.APNS, token(), null, ApnsEnvironment.SANDBOX, Instant.now());
        apns.rejectNext(RejectionReason.INVALID_PROVIDER_TOKEN);
        assertThat(sender.send(push(sandbox))).isEqualTo(new PushResult.Refused("InvalidProviderToken"));
        for (int i = 0; i < 5; i++) {
            apns.rejectNext(RejectionReason.INTERNAL_SERVER_ERROR);
            assertThat(sender.send(push(sandbox))).isEqualTo(new PushResult.Later("InternalServerError", null));
        }
        assertThat(gateways.state(Platform.APNS)).isEqualTo(new ProviderState.Ready());
        assertThat(sender.send(push(Platform.APNS))).isEqualTo(new Sent());
    }

    @Test
    void aCertificateServesInsteadOfAKey() throws Exception {
        settings.keySet().removeAll(List.of("apns.key-file", "apns.key-id", "apns.team-id"));
        settings.put("apns.certificate-file", apns.certificateFile());
        settings.put("apns.certificate-password", apns.certificatePassword());
        assertThat(open().sender(Platform.APNS).send(push(Platform.APNS))).isEqualTo(new Sent());
        assertThat(apns.received().getLast().headers()).doesNotContainKey("authorization");
    }

    @Test
    void aKeyFromTheEnvironmentServesAsWell() throws Exception {
        settings.remove("apns.key-file");
        settings.put("apns.key", Files.readString(apns.keyFile()));
        settings.remove("fcm.service-account-file");
        settings.put("fcm.service-account", Files.readString(fcm.serviceAccountFile()));
        PushGateways gateways = open();
        assertThat(gateways.sender(Platform.APNS).send(push(Platform.APNS))).isEqualTo(new Sent());
        assertThat(gateways.sender(Platform.FCM).send(push(Platform.FCM))).isEqualTo(new Sent());
        assertThat(Settings.of(settings).toString()).doesNotContain("PRIVATE KEY", "private_key", apns.keyId());
    }

    @Test
    void halfConfiguredCredentialsEndTheStart() {
        settings.put("apns.certificate-file", apns.certificateFile());
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableCredentialsException.class)
                .hasMessageContaining("apns.key-file")
                .hasMessageContaining("apns.certificate-file are both set");
        settings.remove("apns.key-file");
        settings.put("apns.certificate-password", "wrong");
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableCredentialsException.class)
                .hasMessageContaining("no PKCS #12 file with a key for this password")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void changedCredentialsAreTakenUpWithoutALostPush() throws Exception {
        Path key = Files.copy(apns.keyFile(), work.resolve("current.p8"));
        settings.put("apns.key-file", key);
        NotificationsProperties properties = Settings.of(settings);
        PushGateways gateways = open(properties);
        PushNotificationSender sender = gateways.sender(Platform.APNS);
        CredentialsWatch watch = new CredentialsWatch(gateways, configured(properties), properties);
        watch.start();
        try {
            Path other = work.resolve("other");
            try (ApnsMock stranger = ApnsMock.start(other)) {
                Files.move(stranger.keyFile(), key, StandardCopyOption.REPLACE_EXISTING);
            }
            await().until(() -> sender.send(push(Platform.APNS)) instanceof Misconfigured);
            Files.writeString(key, "no key at all");
            Files.copy(apns.keyFile(), key, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(20)).until(() -> sender.send(push(Platform.APNS)) instanceof Sent);
            assertThat(gateways.state(Platform.APNS)).isEqualTo(new ProviderState.Ready());
        } finally {
            watch.stop();
        }
    }

    @Test
    void withoutCredentialsThereIsNoSender() {
        settings.keySet().removeIf(name -> name.startsWith("apns.key"));
        PushGateways gateways = open();
        assertThat(gateways.sender(Platform.APNS)).isNull();
        assertThat(gateways.state(Platform.APNS)).isEqualTo(new ProviderState.NoCredentials());
    }

    private PushGateways open() {
        return open(Settings.of(settings));
    }

    private PushGateways open(NotificationsProperties properties) {
        PushGateways gateways =
                new GatewayConfiguration().pushGateways(configured(properties), properties, Clock.systemUTC());
        opened.add(gateways);
        return gateways;
    }

    private static ConfiguredCredentials configured(NotificationsProperties properties) {
        return new GatewayConfiguration().configuredCredentials(properties, Clock.systemUTC());
    }

    private static String token() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    private static PushNotification push(Platform platform) {
        return push(new PushTarget(platform, token(), null, null, Instant.now()));
    }

    private static PushNotification push(PushTarget target) {
        return new PushNotification(
                UUID.randomUUID(),
                target,
                new PushNotification.Subject(
                        MessageId.at(System.currentTimeMillis(), UUID.randomUUID()),
                        new ConversationId(UUID.randomUUID()),
                        7,
                        42),
                new PushNotification.Alert("Alice", "Hello", PushNotification.Urgency.ORDINARY, null),
                Instant.now().plusSeconds(3_600));
    }
}
