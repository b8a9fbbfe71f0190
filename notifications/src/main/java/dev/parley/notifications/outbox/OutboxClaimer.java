package dev.parley.notifications.outbox;

import dev.parley.messages.AccountId;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.presence.DeviceKey;
import dev.parley.notifications.presence.Presence;
import dev.parley.notifications.presence.PresenceUnknownException;
import dev.parley.notifications.presence.UnreadCounts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Claims rows, and learns in two questions how far their devices have come meanwhile and what their
/// owners have unread. Thread-safe.
@Component
class OutboxClaimer {

    /// Rows a claim.
    static final int MOST = 500;

    private final OutboxStore store;
    private final Presence presence;
    private final UnreadCounts unread;
    private final NotificationsProperties.Outbox settings;

    OutboxClaimer(OutboxStore store, Presence presence, UnreadCounts unread, NotificationsProperties properties) {
        this.store = store;
        this.presence = presence;
        this.unread = unread;
        this.settings = properties.outbox();
    }

    record Claimed(OutboxRow row, Known known) {}

    List<OutboxRow> claim(int most) {
        return store.claim(Math.min(most, MOST), settings.lease());
    }

    /// Blocks for as long as the two questions take, 2 s at most. Without an answer a ring is sent,
    /// with no badge: somebody is owed it, and the policy asked when it added the row.
    List<Claimed> ask(List<OutboxRow> rows) {
        Set<AccountId> accounts =
                rows.stream().map(row -> row.device().account()).collect(Collectors.toSet());
        long newest =
                rows.stream().mapToLong(row -> row.subject().position()).max().orElse(-1);
        Map<DeviceKey, Long> cursors = cursors(accounts);
        Map<AccountId, Integer> counts = unread.of(accounts, newest);
        return rows.stream()
                .map(row -> new Claimed(
                        row,
                        new Known(
                                cursors.getOrDefault(row.device(), -1L),
                                counts.get(row.device().account()))))
                .toList();
    }

    void forgetOld() {
        store.forget(settings.retention());
    }

    private Map<DeviceKey, Long> cursors(Set<AccountId> accounts) {
        try {
            return presence.cursors(accounts);
        } catch (PresenceUnknownException e) {
            return Map.of();
        }
    }
}
