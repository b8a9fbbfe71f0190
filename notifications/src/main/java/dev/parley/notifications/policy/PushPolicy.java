package dev.parley.notifications.policy;

import dev.parley.messages.Fact;
import dev.parley.notifications.outbox.Found;
import dev.parley.notifications.outbox.Outbox;
import dev.parley.notifications.outbox.Screens;
import dev.parley.notifications.presence.DeviceKey;
import dev.parley.notifications.presence.Presence;
import dev.parley.notifications.presence.PresenceUnknownException;
import java.util.Map;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/// Pushes at once to the devices that hold no live socket, and keeps what the role knows.
///
/// A batch costs statements by the kinds of its facts, never by their number, and, where devices may be owed something,
/// two questions to the gateways for each 1,000 accounts. Its transaction holds no lock but that of this processor's
/// own token, and of what it knows, while it asks.
@Component
@ProcessingGroup(PushProcessors.PUSH)
class PushPolicy {

    private final Knowledge knowledge;
    private final OwingsFinder finder;
    private final Presence presence;
    private final Outbox outbox;
    private final Screens screens;

    PushPolicy(Knowledge knowledge, OwingsFinder finder, Presence presence, Outbox outbox, Screens screens) {
        this.knowledge = knowledge;
        this.finder = finder;
        this.presence = presence;
        this.outbox = outbox;
        this.screens = screens;
    }

    @EventHandler
    void on(Fact payload, EventMessage<Fact> fact, TrackingToken token, UnitOfWork<?> work) {
        FactBatch.collect(fact, token, work, this::decide, outbox::added);
    }

    private void decide(FactBatch batch) {
        knowledge.learn(batch);
        if (batch.cleared() >= 0) {
            outbox.clear(batch.cleared());
        }
        Owings absent = absent(finder.of(batch, PushProcessors.PUSH));
        outbox.ring(absent.rings(), Found.ABSENT);
        screens.withdraw(absent.withdrawals());
        finder.decided(batch, PushProcessors.PUSH);
    }

    private Owings absent(Owings owings) {
        Set<DeviceKey> attending = presence.attending(owings.accounts());
        Owings absent = owings.where(
                ring -> !attending.contains(ring.device()), withdrawal -> !attending.contains(withdrawal.device()));
        Map<DeviceKey, Long> cursors = cursors(absent);
        return absent.where(
                ring -> cursors.getOrDefault(ring.device(), -1L)
                        < ring.message().position(),
                withdrawal -> cursors.getOrDefault(withdrawal.device(), -1L)
                        < withdrawal.withdrawn().position());
    }

    /// A device may have come, acknowledged and gone before its message is decided on.
    private Map<DeviceKey, Long> cursors(Owings absent) {
        try {
            return presence.cursors(absent.accounts());
        } catch (PresenceUnknownException e) {
            // It is absent: it is owed the push unless somebody says that it has the message.
            return Map.of();
        }
    }
}
