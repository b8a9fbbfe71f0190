package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.outbox.OutboxRow.Circumstances;
import dev.parley.notifications.outbox.OutboxRow.Claim;
import dev.parley.notifications.outbox.OutboxRow.Mark;
import dev.parley.notifications.outbox.OutboxRow.Registered;
import dev.parley.notifications.outbox.OutboxRow.Said;
import dev.parley.notifications.outbox.OutboxRow.Subject;
import dev.parley.notifications.outbox.SendDecision.End;
import dev.parley.notifications.outbox.SendDecision.Send;
import dev.parley.notifications.outbox.SendDecision.Wait;
import dev.parley.notifications.preference.Preferences;
import dev.parley.notifications.preference.QuietHours;
import dev.parley.notifications.presence.DeviceKey;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every reason, and which of two wins. A case says what differs from an absent phone that is owed a
/// ring.
class SendDecisionTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant EXPIRES = NOW.plusSeconds(60);
    private static final long SEQ = 7;
    private static final long POSITION = 42;
    private static final PushTarget TARGET = new PushTarget(Platform.FCM, "secret", null, null, NOW);
    private static final Preferences USUAL = new Preferences(true, true, null);
    private static final QuietHours NIGHT = new QuietHours(ZoneOffset.UTC, LocalTime.of(22, 0), LocalTime.of(7, 0));

    /// What is true of the row; each test changes a part.
    private static final class Case {
        private @Nullable Registered registered = new Registered(TARGET, false, null, -1);
        private Cause cause = Cause.MESSAGE;
        private Found found = Found.ABSENT;
        private boolean mentioned;
        private boolean member = true;
        private boolean deleted;
        private Mark mark = new Mark(-1, false);
        private Preferences preferences = USUAL;
        private @Nullable String lastReason;
        private Known known = new Known(-1, 3);
        private Instant now = NOW;

        SendDecision decide() {
            return SendDecision.of(row(), known, now);
        }

        OutboxRow row() {
            return new OutboxRow(
                    UUID.randomUUID(),
                    new DeviceKey(new AccountId(UUID.randomUUID()), "phone"),
                    new Subject(
                            cause,
                            found,
                            MessageId.at(1, UUID.randomUUID()),
                            new ConversationId(UUID.randomUUID()),
                            SEQ,
                            POSITION,
                            mentioned),
                    EXPIRES,
                    new Claim(UUID.randomUUID(), 1, lastReason, NOW),
                    new Circumstances(
                            registered, member, new Said("Alice · Tea", "Hello", deleted), mark, preferences));
        }
    }

    private final Case it = new Case();

    @Test
    void aDueRowIsSentWithTheBadge() {
        assertThat(it.decide()).isEqualTo(new Send(TARGET, 3));
    }

    @Test
    void aDeviceThatWasRemovedIsNotRung() {
        it.registered = null;
        it.deleted = true;
        assertThat(it.decide()).isEqualTo(new End(RowState.UNREGISTERED, "device-removed"));
    }

    @Test
    void aTokenThatItsProviderDroppedIsNotTried() {
        it.registered = new Registered(TARGET, true, null, -1);
        assertThat(it.decide()).isEqualTo(new End(RowState.UNREGISTERED, "token-dropped"));
    }

    @Test
    void aDeletedMessageIsNotShownEvenToThoseWhoLeft() {
        it.deleted = true;
        it.member = false;
        assertThat(it.decide()).isEqualTo(new End(RowState.DELETED, "message-deleted"));
    }

    @Test
    void nobodyIsRungForAConversationTheyLeft() {
        it.member = false;
        it.known = new Known(POSITION, 3);
        assertThat(it.decide()).isEqualTo(new End(RowState.MUTED, "left-conversation"));
    }

    @Test
    void whatTheDeviceHasDoesNotRing() {
        it.mark = new Mark(SEQ, false);
        it.known = new Known(POSITION, 3);
        assertThat(it.decide()).isEqualTo(new End(RowState.READ, "acknowledged"));
        it.mark = new Mark(-1, false);
        it.known = new Known(POSITION - 1, 3);
        assertThat(it.decide()).isInstanceOf(Send.class);
    }

    @Test
    void whatWasReadOnAnotherDeviceDoesNotRing() {
        it.mark = new Mark(SEQ, true);
        assertThat(it.decide()).isEqualTo(new End(RowState.READ, "read-elsewhere"));
        it.mark = new Mark(SEQ - 1, false);
        assertThat(it.decide()).isInstanceOf(Send.class);
    }

    @Test
    void anExpiredRowSaysWhyItWasNotSent() {
        it.now = EXPIRES;
        it.mark = new Mark(-1, true);
        assertThat(it.decide()).isEqualTo(new End(RowState.EXPIRED, "too-late"));
        it.lastReason = "TooManyRequests";
        assertThat(it.decide()).isEqualTo(new End(RowState.EXPIRED, "TooManyRequests"));
    }

    @Test
    void aMutedConversationIsSilent() {
        it.mark = new Mark(-1, true);
        assertThat(it.decide()).isEqualTo(new End(RowState.MUTED, "conversation-muted"));
    }

    @Test
    void aMentionBreaksMuteWhereItsReaderSaysSo() {
        it.mark = new Mark(-1, true);
        it.mentioned = true;
        assertThat(it.decide()).isInstanceOf(Send.class);
        it.preferences = new Preferences(true, false, null);
        assertThat(it.decide()).isEqualTo(new End(RowState.MUTED, "conversation-muted"));
    }

    @Test
    void quietHoursSilenceMentionsToo() {
        it.preferences = new Preferences(true, true, NIGHT);
        it.mentioned = true;
        assertThat(it.decide()).isEqualTo(new End(RowState.MUTED, "quiet-hours"));
        it.preferences = new Preferences(true, true, new QuietHours(ZoneOffset.ofHours(8), NIGHT.from(), NIGHT.to()));
        assertThat(it.decide()).as("it is past eleven there").isInstanceOf(Send.class);
    }

    @Test
    void theBadgeGoesOnlyWhereItChanged() {
        it.known = new Known(10, 3);
        it.registered = new Registered(TARGET, false, 3, 10);
        assertThat(it.decide()).isEqualTo(new Send(TARGET, null));
        it.registered = new Registered(TARGET, false, 2, 10);
        assertThat(it.decide()).isEqualTo(new Send(TARGET, 3));
        it.registered = new Registered(TARGET, false, 3, 9);
        assertThat(it.decide()).as("the app came by and set its own").isEqualTo(new Send(TARGET, 3));
    }

    @Test
    void aRingNeedsNoBadge() {
        it.known = new Known(-1, null);
        assertThat(it.decide()).isEqualTo(new Send(TARGET, null));
        it.known = new Known(-1, 0);
        assertThat(it.decide()).as("an inbox that lags behind").isEqualTo(new Send(TARGET, null));
    }

    @Test
    void aWithdrawalComesAtAnyHourAndSaysZero() {
        it.cause = Cause.READ;
        it.found = Found.SHOWN;
        it.mark = new Mark(SEQ, true);
        it.member = false;
        it.preferences = new Preferences(true, true, NIGHT);
        it.known = new Known(-1, 0);
        assertThat(it.decide()).isEqualTo(new Send(TARGET, 0));
    }

    @Test
    void aDeviceThatSawTheFactNeedsNoWithdrawal() {
        it.cause = Cause.DELETED;
        it.found = Found.SHOWN;
        it.deleted = true;
        it.known = new Known(POSITION, 0);
        assertThat(it.decide()).isEqualTo(new End(RowState.READ, "acknowledged"));
        it.known = new Known(-1, 0);
        it.now = EXPIRES;
        assertThat(it.decide()).isEqualTo(new End(RowState.EXPIRED, "too-late"));
    }

    @Test
    void aBadgeAloneGoesOnlyWhereItIsKnownToHaveChanged() {
        it.cause = Cause.READ;
        it.found = Found.BADGE;
        it.registered = new Registered(TARGET, false, 3, -1);
        assertThat(it.decide()).isEqualTo(new End(RowState.READ, "badge-unchanged"));
        it.known = new Known(-1, 1);
        assertThat(it.decide()).isEqualTo(new Send(TARGET, 1));
        it.known = new Known(-1, null);
        assertThat(it.decide()).isEqualTo(new Wait("badge-unknown"));
    }

    @Test
    void textAndTokenAreInNoToString() {
        assertThat(it.row().toString()).doesNotContain("Alice", "Hello", "secret");
    }
}
