package dev.parley.notifications.outbox;

import dev.parley.messages.AccountId;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.presence.DeviceKey;
import dev.parley.notifications.presence.Presence;
import dev.parley.notifications.presence.PresenceUnknownException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Claims rows, and learns in one question how far their devices have come meanwhile.
@Component
class OutboxClaimer {

    /// Rows a claim.
    static final int MOST = 200;

    private final OutboxStore store;
    private final Presence presence;
    private final NotificationsProperties.Outbox settings;

    OutboxClaimer(OutboxStore store, Presence presence, NotificationsProperties properties) {
        this.store = store;
        this.presence = presence;
        this.settings = properties.outbox();
    }

    /// @param acknowledged the position that the device has acknowledged, -1 for none
    record Claimed(OutboxRow row, long acknowledged) {}

    List<Claimed> claim(int most) {
        List<OutboxRow> rows = store.claim(Math.min(most, MOST), settings.lease());
        Map<DeviceKey, Long> cursors = cursors(rows);
        return rows.stream()
                .map(row -> new Claimed(row, cursors.getOrDefault(row.device(), -1L)))
                .toList();
    }

    void forgetOld() {
        store.forget(settings.retention());
    }

    /// Without an answer the push is sent: somebody is owed it, and the policy asked when it added the row.
    private Map<DeviceKey, Long> cursors(List<OutboxRow> rows) {
        Set<AccountId> accounts =
                rows.stream().map(row -> row.device().account()).collect(Collectors.toSet());
        try {
            return presence.cursors(accounts);
        } catch (PresenceUnknownException e) {
            return Map.of();
        }
    }
}
