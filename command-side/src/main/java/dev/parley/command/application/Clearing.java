package dev.parley.command.application;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/// Clears the application.
///
/// ```
///   head asked ──▶ tables cleared, era begun ──▶ ApplicationCleared ──▶ announced ──▶ first admin
///       │                     │                         │
///   node away:           old tokens and            crash before:
///   nothing done         logins are dead           [ClearSweep] goes on
/// ```
///
/// Clears that meet take turns at the tables; of their announcements the last counts.
@Component
public class Clearing {

    private final ClearProperties properties;
    private final ClearStore store;
    private final Announcement announcement;
    private final EventStore eventStore;

    Clearing(ClearProperties properties, ClearStore store, Announcement announcement, EventStore eventStore) {
        this.properties = properties;
        this.store = store;
        this.announcement = announcement;
        this.eventStore = eventStore;
    }

    /// @throws RejectedException `forbidden` where it is not enabled; `unavailable` where the event
    ///     store does not answer before anything was done, or else with the tables cleared and the rest
    ///     to follow
    public void clear() {
        if (!properties.enabled()) {
            throw new RejectedException(RejectionCode.FORBIDDEN, "Clearing is not enabled here (parley.clear.enabled)");
        }
        requireEventStore();
        announcement.make(store.begin());
    }

    private void requireEventStore() {
        try {
            eventStore.createHeadToken();
        } catch (RuntimeException away) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The event store does not answer, try again");
        }
    }
}
