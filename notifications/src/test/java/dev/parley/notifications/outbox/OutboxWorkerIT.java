package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.gateway.PushGateways;
import dev.parley.notifications.gateway.PushNotification;
import dev.parley.notifications.gateway.PushNotificationSender;
import dev.parley.notifications.gateway.PushResult;
import dev.parley.notifications.presence.Presence;
import dev.parley.notifications.presence.UnreadCounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Workers of several nodes over one real database.
class OutboxWorkerIT {

    private final OutboxFixture fixture = new OutboxFixture();
    private final List<PushNotification> sent = new CopyOnWriteArrayList<>();
    private final List<OutboxWorker> workers = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        workers.forEach(OutboxWorker::stop);
        fixture.close();
    }

    @Test
    void severalWorkersSendEachRowOnce() {
        List<UUID> rows = fixture.rows(2_000);
        for (int i = 0; i < 3; i++) {
            start(store(), accepting());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> fixture.count("sent") == rows.size());
        assertThat(sent)
                .extracting(PushNotification::id)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aCrashBetweenSendingAndMarkingRepeatsWithTheSameId() {
        UUID row = fixture.rows(1).getFirst();
        OutboxWorker crashing = start(new Forgetful(store()), accepting());
        await().until(() -> sent.size() == 1);
        crashing.stop();
        assertThat(fixture.count("due")).isOne();

        start(store(), accepting());
        await().until(() -> fixture.count("sent") == 1);
        assertThat(sent).extracting(PushNotification::id).containsExactly(row, row);
        assertThat(sent)
                .extracting(PushNotification::subject)
                .containsOnly(sent.getFirst().subject());
    }

    @Test
    void aWorkerWhoseLeaseRanOutTakesNothingBack() {
        fixture.rows(1);
        OutboxStore store = store();
        OutboxRow stale = store.claim(1, Duration.ofMillis(1)).getFirst();
        await().until(() -> {
            List<OutboxRow> again = store.claim(1, Duration.ofMinutes(1));
            return !again.isEmpty();
        });
        store.settle(List.of(new Settlement.Ended(stale, RowState.FAILED, "BadTopic")));
        store.settle(List.of(new Settlement.Postponed(stale, Instant.now(), "timeout", true)));
        assertThat(fixture.count("due")).isOne();
        assertThat(store.depth().claimed()).isOne();

        store.settle(List.of(new Settlement.Sent(stale, null, -1)));
        assertThat(fixture.count("sent")).as("sent is sent, whoever says so").isOne();
    }

    @Test
    void whatASenderThrowsIsTriedAgain() {
        fixture.rows(1);
        start(store(), new PushNotificationSender() {
            @Override
            public PushResult send(PushNotification notification) {
                sent.add(notification);
                if (sent.size() == 1) {
                    throw new IllegalStateException("a fault of the test's sender");
                }
                return new PushResult.Sent();
            }

            @Override
            public void close() {}
        });
        await().until(() -> fixture.count("sent") == 1);
        assertThat(sent).hasSize(2);
    }

    @Test
    void endedRowsAreForgottenInTime() {
        fixture.rows(2);
        OutboxStore store = store();
        OutboxRow row = store.claim(1, Duration.ofMinutes(1)).getFirst();
        store.settle(List.of(new Settlement.Sent(row, null, -1)));
        assertThat(store.forget(Duration.ofDays(1))).isZero();
        assertThat(store.forget(Duration.ofMinutes(-1))).isOne();
        assertThat(fixture.count("due")).isOne();
    }

    private PushNotificationSender accepting() {
        return new PushNotificationSender() {
            @Override
            public PushResult send(PushNotification notification) {
                sent.add(notification);
                return new PushResult.Sent();
            }

            @Override
            public void close() {}
        };
    }

    private static PushGateways gateways(PushNotificationSender sender) {
        PushGateways gateways = mock(PushGateways.class);
        when(gateways.sender(Platform.FCM)).thenReturn(sender);
        return gateways;
    }

    private OutboxStore store() {
        return fixture.store();
    }

    private OutboxWorker start(OutboxStore store, PushNotificationSender sender) {
        NotificationsProperties properties = fixture.properties();
        OutboxMeters meters = new OutboxMeters(new SimpleMeterRegistry());
        OutboxWorker worker = new OutboxWorker(
                new OutboxClaimer(store, mock(Presence.class), mock(UnreadCounts.class), properties),
                new Attempt(
                        gateways(sender),
                        mock(DeviceStore.class),
                        new Backoff(properties.outbox().retry(), new Random()),
                        Clock.systemUTC()),
                new OutboxSettler(store, meters, properties),
                new OutboxSignal(),
                properties);
        workers.add(worker);
        worker.start();
        return worker;
    }

    /// Dies before any outcome is on disk.
    private record Forgetful(OutboxStore store) implements OutboxStore {
        @Override
        public List<OutboxRow> claim(int most, Duration lease) {
            return store.claim(most, lease);
        }

        @Override
        public void settle(List<Settlement> settlements) {}

        @Override
        public int forget(Duration age) {
            return 0;
        }

        @Override
        public Depth depth() {
            return store.depth();
        }
    }
}
