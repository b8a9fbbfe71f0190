package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.gateway.PushNotification;
import dev.parley.notifications.presence.DeviceKey;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SendDecisionTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final PushTarget TARGET = new PushTarget(Platform.FCM, "token", null, null, NOW);

    @Test
    void aDueRowIsSent() {
        assertThat(decide(TARGET, true, -1, null)).isEqualTo(new SendDecision.Send(TARGET));
    }

    @Test
    void aDeviceThatWasRemovedIsNotRung() {
        assertThat(decide(null, true, -1, null))
                .isEqualTo(new SendDecision.End(RowState.UNREGISTERED, "device-removed"));
    }

    @Test
    void nobodyIsRungForAConversationTheyLeft() {
        assertThat(decide(TARGET, false, -1, null))
                .isEqualTo(new SendDecision.End(RowState.MUTED, "left-conversation"));
    }

    @Test
    void whatTheDeviceHasDoesNotRing() {
        assertThat(decide(TARGET, true, 42, null)).isEqualTo(new SendDecision.End(RowState.READ, "acknowledged"));
        assertThat(decide(TARGET, true, 41, null)).isEqualTo(new SendDecision.Send(TARGET));
    }

    @Test
    void anExpiredRowSaysWhyItWasNotSent() {
        assertThat(decideAt(NOW.plusSeconds(60), null)).isEqualTo(new SendDecision.End(RowState.EXPIRED, "too-late"));
        assertThat(decideAt(NOW.plusSeconds(60), "TooManyRequests"))
                .isEqualTo(new SendDecision.End(RowState.EXPIRED, "TooManyRequests"));
    }

    @Test
    void textIsInNoToString() {
        assertThat(row(TARGET, true, null).toString()).doesNotContain("Alice", "Hello", "token=token");
    }

    private static SendDecision decide(PushTarget target, boolean member, long acknowledged, String lastReason) {
        return SendDecision.of(row(target, member, lastReason), acknowledged, NOW);
    }

    private static SendDecision decideAt(Instant now, String lastReason) {
        return SendDecision.of(row(TARGET, true, lastReason), -1, now);
    }

    private static OutboxRow row(PushTarget target, boolean member, String lastReason) {
        return new OutboxRow(
                UUID.randomUUID(),
                new DeviceKey(new AccountId(UUID.randomUUID()), "phone"),
                new PushNotification.Subject(
                        MessageId.at(1, UUID.randomUUID()), new ConversationId(UUID.randomUUID()), 7, 42),
                new PushNotification.Alert("Alice", "Hello", PushNotification.Urgency.ORDINARY, null),
                NOW.plusSeconds(60),
                1,
                UUID.randomUUID(),
                lastReason,
                new OutboxRow.Circumstances(target, member));
    }
}
