package dev.parley.query.archive;

import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Batch;
import dev.parley.query.batch.Recorded;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/// Searches that analysts keep, to `query_side.saved_search`, in the transaction that moves the
/// processor's token. It can be given any fact again.
@Component
@ProcessingGroup(QuerySideConfiguration.ARCHIVE)
class ArchiveProjection {

    private final SavedSearchTable table;
    private final Clears clears;
    private final Batch<Recorded<Fact>> batch = new Batch<>("archive.facts", this::write);

    ArchiveProjection(SavedSearchTable table, Clears clears) {
        this.table = table;
        this.clears = clears;
    }

    /// Handles every event, so that the token moves on with all of them, and reads only those it keeps.
    @EventHandler
    void on(DomainEventMessage<?> message, TrackingToken token) {
        if (isKept(message.getPayloadType())) {
            batch.add(new Recorded<>(
                    (Fact) message.getPayload(),
                    token.position().getAsLong(),
                    message.getSequenceNumber(),
                    message.getTimestamp()));
        }
    }

    static boolean isKept(Class<?> fact) {
        return ApplicationEvent.class.isAssignableFrom(fact)
                || (ArchiveEvent.class.isAssignableFrom(fact) && fact != ArchiveAccessed.class);
    }

    /// All of a batch, in the caller's transaction.
    void write(List<Recorded<Fact>> facts) {
        Clear clear = clears.apply(QuerySideConfiguration.ARCHIVE, facts, table::empty);
        table.write(clear.after(ArchiveEvent.class, facts));
    }
}
