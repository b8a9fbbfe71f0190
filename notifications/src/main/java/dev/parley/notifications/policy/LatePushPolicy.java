package dev.parley.notifications.policy;

import dev.parley.messages.Fact;
import dev.parley.notifications.outbox.Deliveries;
import dev.parley.notifications.outbox.Found;
import dev.parley.notifications.outbox.Outbox;
import dev.parley.notifications.outbox.OwedPush;
import dev.parley.notifications.outbox.OwedWithdrawal;
import dev.parley.notifications.outbox.Screens;
import dev.parley.notifications.presence.DeviceKey;
import dev.parley.notifications.presence.Presence;
import dev.parley.notifications.presence.PresenceUnknownException;
import java.util.Map;
import java.util.function.Predicate;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/// Pushes to the devices that have not acknowledged a fact some seconds later: half-dead sockets, and
/// those of a gateway that crashed. Devices that have a row already keep it, and those that need none
/// are counted as delivered.
///
/// It knows nothing but cursors, so it waits until some gateway tells them: guessing would ring every
/// healthy device.
@Component
@ProcessingGroup(PushProcessors.PUSH_LATE)
class LatePushPolicy {

    private final OwingsFinder finder;
    private final Presence presence;
    private final Outbox outbox;
    private final Screens screens;
    private final Deliveries deliveries;

    LatePushPolicy(OwingsFinder finder, Presence presence, Outbox outbox, Screens screens, Deliveries deliveries) {
        this.finder = finder;
        this.presence = presence;
        this.outbox = outbox;
        this.screens = screens;
        this.deliveries = deliveries;
    }

    @EventHandler
    void on(Fact payload, EventMessage<Fact> fact, TrackingToken token, UnitOfWork<?> work) {
        FactBatch.collect(fact, token, work, this::decide, outbox::added);
    }

    /// Once the application was cleared, `push` has forgotten who and what was, some seconds ago; what
    /// is registered since is not this reader's to forget. Only its own rows of before may have come
    /// after that.
    private void decide(FactBatch batch) {
        if (batch.cleared() >= 0) {
            outbox.clear(batch.cleared());
        }
        Owings owings = finder.of(batch, PushProcessors.PUSH_LATE);
        Map<DeviceKey, Long> cursors = cursors(owings);
        Predicate<OwedPush> unheard = ring ->
                cursors.getOrDefault(ring.device(), -1L) < ring.message().position();
        Predicate<OwedWithdrawal> unseen = withdrawal -> cursors.getOrDefault(withdrawal.device(), -1L)
                < withdrawal.withdrawn().position();
        Owings silent = owings.where(unheard, unseen);
        outbox.ring(silent.rings(), Found.SILENT);
        screens.withdraw(silent.withdrawals());
        Owings done = owings.where(unheard.negate(), unseen.negate());
        deliveries.count(done.rings());
        screens.hide(done.withdrawals());
        finder.decided(batch, PushProcessors.PUSH_LATE);
    }

    private Map<DeviceKey, Long> cursors(Owings owings) {
        try {
            return presence.cursors(owings.accounts());
        } catch (PresenceUnknownException e) {
            throw new IllegalStateException("Late pushes wait for a gateway that tells what devices acknowledged", e);
        }
    }
}
