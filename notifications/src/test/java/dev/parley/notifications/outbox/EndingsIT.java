package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What follows from the end of a row.
class EndingsIT {

    private final OutboxFixture fixture = new OutboxFixture();
    private final OutboxStore store = fixture.store();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatIsSentIsShownAndHasItsBadge() {
        OutboxRow row = claimed();
        store.settle(List.of(new Settlement.Sent(row, 3, 17)));
        assertThat(rows()).containsExactly("message sent true");
        Map<String, Object> device = fixture.jdbc().queryForMap("select badge, badge_cursor from notifications.device");
        assertThat(device).containsEntry("badge", 3).containsEntry("badge_cursor", 17L);
    }

    @Test
    void whatWasReadOnItsWayIsTakenBackThoughSomethingElseWasBefore() {
        OutboxRow row = claimed();
        read(row, row.subject().seq() + 1);
        // What the policy added for the device when it was read, and what has been sent since.
        fixture.jdbc().update("""
                insert into notifications.outbox (id, account, device, conversation, seq, position, cause, found, state,
                    reason, due_at, expires_at, created_at, ended_at)
                select gen_random_uuid(), account, device, conversation, seq + 1, 99, 'read', 'shown', 'sent', 'sent', now(),
                    now(), now(), now()
                from notifications.outbox""");
        store.settle(List.of(new Settlement.Sent(row, null, -1)));
        assertThat(rows()).containsExactlyInAnyOrder("message sent false", "read sent false", "overtaken due false");
        OutboxRow withdrawal = store.claim(10, Duration.ofMinutes(1)).getFirst();
        assertThat(withdrawal.subject().message()).isEqualTo(row.subject().message());
        assertThat(withdrawal.subject().seq()).isEqualTo(row.subject().seq());
        assertThat(withdrawal.subject().position()).isEqualTo(99);
    }

    @Test
    void whatWasDeletedOnItsWayIsTakenBackOnce() {
        OutboxRow row = claimed();
        fixture.jdbc().update("""
                insert into notifications.message (conversation, message, deleted_at, position, created_at)
                select conversation, message, 77, 77, now() from notifications.outbox""");
        store.settle(List.of(new Settlement.Sent(row, null, -1)));
        store.settle(List.of(new Settlement.Sent(row, null, -1)));
        assertThat(rows()).containsExactlyInAnyOrder("message sent false", "overtaken due false");
        assertThat(pairs("sent")).isOne();
    }

    @Test
    void whatWasReadBeforeTheMessageTakesNothingBack() {
        OutboxRow row = claimed();
        read(row, row.subject().seq() - 1);
        store.settle(List.of(new Settlement.Sent(row, null, -1)));
        assertThat(rows()).containsExactly("message sent true");
    }

    @Test
    void anEndIsCountedOnceWhoeverSaysSo() {
        OutboxRow row = claimed();
        store.settle(List.of(new Settlement.Ended(row, RowState.MUTED, "quiet-hours")));
        store.settle(List.of(new Settlement.Sent(row, null, -1)));
        assertThat(pairs("muted")).isOne();
        assertThat(pairs("sent")).isZero();
    }

    private OutboxRow claimed() {
        fixture.rows(1);
        return store.claim(1, Duration.ofMinutes(1)).getFirst();
    }

    private void read(OutboxRow row, long seq) {
        fixture.jdbc()
                .update(
                        "insert into notifications.mark (conversation, account, read_seq, position) values (?, ?, ?, 99)",
                        row.subject().conversation().value(),
                        row.device().account().value(),
                        seq);
    }

    private List<String> rows() {
        return fixture.jdbc()
                .queryForList(
                        "select concat_ws(' ', cause, state, shown::text) from notifications.outbox", String.class);
    }

    private long pairs(String outcome) {
        return fixture.jdbc()
                .queryForObject(
                        "select coalesce(sum(pairs), 0)::bigint from notifications.tally where outcome = ?",
                        Long.class,
                        outcome);
    }
}
