package dev.parley.notifications.policy;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.notifications.outbox.Cause;
import dev.parley.notifications.outbox.Outbox;
import dev.parley.notifications.outbox.OwedPush;
import dev.parley.notifications.presence.DeviceKey;
import dev.parley.notifications.presence.Presence;
import dev.parley.notifications.presence.PresenceUnknownException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/// Pushes at once to the devices that hold no live socket, and keeps the role's membership and names.
///
/// A batch is at most nine statements, four more where the application was cleared, and, where it has new messages, one
/// question to the gateways for each 1,000
/// recipients. Its transaction holds no lock but that of this processor's own token while it asks.
@Component
@ProcessingGroup(PushProcessors.PUSH)
class PushPolicy {

    private final Eligibility eligibility;
    private final AudienceStore audience;
    private final Decided decided;
    private final Presence presence;
    private final Outbox outbox;

    PushPolicy(Eligibility eligibility, AudienceStore audience, Decided decided, Presence presence, Outbox outbox) {
        this.eligibility = eligibility;
        this.audience = audience;
        this.decided = decided;
        this.presence = presence;
        this.outbox = outbox;
    }

    @EventHandler
    void on(Fact fact, TrackingToken token, UnitOfWork<?> work) {
        FactBatch.collect(fact, token, work, this::decide, outbox::added);
    }

    /// Names come first: whose name goes, their devices go.
    private void decide(FactBatch batch) {
        audience.name(batch.names());
        if (batch.cleared() >= 0) {
            audience.clear(batch.cleared());
            outbox.clear(batch.cleared());
        }
        audience.join(batch.joined());
        audience.leave(batch.left());
        audience.title(batch.titles());
        outbox.add(absent(eligibility.of(batch, PushProcessors.PUSH)), Cause.ABSENT);
        decided.advance(PushProcessors.PUSH, batch.last());
    }

    private List<OwedPush> absent(List<OwedPush> eligible) {
        Set<DeviceKey> attending = presence.attending(accounts(eligible));
        List<OwedPush> absent = eligible.stream()
                .filter(push -> !attending.contains(push.device()))
                .toList();
        Map<DeviceKey, Long> cursors = cursors(absent);
        return absent.stream()
                .filter(push -> cursors.getOrDefault(push.device(), -1L)
                        < push.message().position())
                .toList();
    }

    /// A device may have come, acknowledged and gone before its message is decided on.
    private Map<DeviceKey, Long> cursors(List<OwedPush> absent) {
        try {
            return presence.cursors(accounts(absent));
        } catch (PresenceUnknownException e) {
            // It is absent: it is owed the push unless somebody says that it has the message.
            return Map.of();
        }
    }

    private static Set<AccountId> accounts(List<OwedPush> pushes) {
        return pushes.stream().map(push -> push.device().account()).collect(Collectors.toSet());
    }
}
