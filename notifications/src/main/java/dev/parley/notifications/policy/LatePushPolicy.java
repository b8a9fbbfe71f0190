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

/// Pushes to the devices that have not acknowledged a message some seconds later: half-dead sockets, and those of a
/// gateway that crashed. Devices that have a row already keep it.
///
/// It knows nothing but cursors, so it waits until some gateway tells them: guessing would ring every healthy device.
@Component
@ProcessingGroup(PushProcessors.PUSH_LATE)
class LatePushPolicy {

    private final Eligibility eligibility;
    private final AudienceStore audience;
    private final Decided decided;
    private final Presence presence;
    private final Outbox outbox;

    LatePushPolicy(Eligibility eligibility, AudienceStore audience, Decided decided, Presence presence, Outbox outbox) {
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

    /// Once the application was cleared, `push` has forgotten who and what was, some seconds ago; what is registered
    /// since is not this reader's to forget. Only its own rows of before may have come after that.
    private void decide(FactBatch batch) {
        if (batch.cleared() >= 0) {
            outbox.clear(batch.cleared());
        }
        outbox.add(silent(eligibility.of(batch, PushProcessors.PUSH_LATE)), Cause.SILENT);
        audience.forget(batch.first());
        decided.advance(PushProcessors.PUSH_LATE, batch.last());
    }

    private List<OwedPush> silent(List<OwedPush> eligible) {
        Set<AccountId> accounts =
                eligible.stream().map(push -> push.device().account()).collect(Collectors.toSet());
        try {
            Map<DeviceKey, Long> cursors = presence.cursors(accounts);
            return eligible.stream()
                    .filter(push -> cursors.getOrDefault(push.device(), -1L)
                            < push.message().position())
                    .toList();
        } catch (PresenceUnknownException e) {
            throw new IllegalStateException("Late pushes wait for a gateway that tells what devices acknowledged", e);
        }
    }
}
