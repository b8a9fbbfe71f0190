package dev.parley.notifications.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.parley.notifications.Settings;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.gateway.ProviderState;
import dev.parley.notifications.gateway.PushGateways;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PushGateways gateways = mock(PushGateways.class);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private double oldest;
    private Alarms alarms;

    @BeforeEach
    void start() {
        when(gateways.state(Platform.APNS)).thenReturn(new ProviderState.Ready());
        when(gateways.state(Platform.FCM)).thenReturn(new ProviderState.NoCredentials());
        registry.gauge("parley.notifications.outbox.oldest.age", this, test -> test.oldest);
        InstantSource time = now::get;
        Clock clock = time.withZone(ZoneOffset.UTC);
        alarms = new Alarms(registry, new ProviderAlarms(gateways), Settings.of(Map.of()), clock);
    }

    @Test
    void nothingIsWrongAtFirst() {
        alarms.look();
        assertThat(alarms.raised()).isEmpty();
    }

    @Test
    void aPushThatWaitsTooLongIsAnAlarmUntilItIsGone() {
        oldest = 121;
        alarms.look();
        assertThat(alarms.raised()).extracting(RaisedAlarm::alarm).containsExactly("oldest-due");
        assertThat(registry.get("parley.notifications.alarms").gauge().value()).isOne();
        oldest = 119;
        alarms.look();
        assertThat(alarms.raised()).isEmpty();
    }

    @Test
    void aShareOfFailuresIsAnAlarmOnItsPlatformAndPassesWithTheWindow() {
        alarms.look();
        ended("apns", "sent", 80);
        postponed("apns", "true", 19);
        postponed("fcm", "false", 1_000);
        pass(Duration.ofSeconds(10));
        assertThat(alarms.raised()).as("19 of 99").isEmpty();
        ended("apns", "failed", 5);
        pass(Duration.ofSeconds(10));
        assertThat(alarms.raised()).as("24 of 104").singleElement().satisfies(alarm -> {
            assertThat(alarm.alarm()).isEqualTo("failures");
            assertThat(alarm.platform()).isEqualTo("apns");
            assertThat(alarm.detail()).contains("24 of 104");
        });
        for (int i = 0; i < 31; i++) {
            pass(Duration.ofSeconds(10));
        }
        assertThat(alarms.raised()).isEmpty();
    }

    @Test
    void fewAttemptsSayNothing() {
        alarms.look();
        postponed("apns", "true", 19);
        pass(Duration.ofSeconds(10));
        assertThat(alarms.raised()).isEmpty();
        postponed("apns", "true", 1);
        pass(Duration.ofSeconds(10));
        assertThat(alarms.raised()).hasSize(1);
    }

    @Test
    void credentialsThatAreNotTakenAreAnAlarm() {
        when(gateways.state(Platform.APNS)).thenReturn(new ProviderState.Misconfigured("InvalidProviderToken"));
        alarms.look();
        assertThat(alarms.raised()).singleElement().satisfies(alarm -> {
            assertThat(alarm.alarm()).isEqualTo("misconfigured");
            assertThat(alarm.detail()).contains("InvalidProviderToken");
        });
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        alarms.look();
    }

    private void ended(String platform, String state, int count) {
        registry.counter("parley.notifications.ended", "platform", platform, "state", state, "reason", "any")
                .increment(count);
    }

    private void postponed(String platform, String attempted, int count) {
        registry.counter(
                        "parley.notifications.postponed", "platform", platform, "reason", "any", "attempted", attempted)
                .increment(count);
    }
}
