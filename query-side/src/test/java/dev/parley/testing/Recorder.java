package dev.parley.testing;

import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.archive.AnalystId;
import dev.parley.messages.archive.ArchiveCommand.DeleteSavedSearch;
import dev.parley.messages.archive.ArchiveCommand.RecordArchiveAccess;
import dev.parley.messages.archive.ArchiveCommand.SaveSearch;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Stores what analysts do, as the other side does.
public final class Recorder {

    private static final Set<Object> REFUSED = ConcurrentHashMap.newKeySet();
    private static final Map<AnalystId, Long> SEQS = new ConcurrentHashMap<>();

    private final EventStore store;

    Recorder(EventStore store) {
        this.store = store;
    }

    /// From now on nothing that this account does can be stored.
    public static void fail(Object account) {
        REFUSED.add(account);
    }

    @CommandHandler
    void handle(RecordArchiveAccess it) {
        if (REFUSED.contains(it.account())) {
            throw new IllegalStateException("The disk is full");
        }
        store(
                it.access().toString(),
                0,
                new ArchiveAccessed(it.access(), it.account(), it.use(), it.query(), it.filters(), it.at()));
    }

    @CommandHandler
    void handle(SaveSearch it) {
        store(it.analyst(), new SearchSaved(it.search(), it.account(), it.name(), it.query(), it.filters(), it.at()));
    }

    @CommandHandler
    void handle(DeleteSavedSearch it) {
        if (!SEQS.containsKey(it.analyst())) {
            throw new CommandExecutionException(
                    "no", null, new Rejection(RejectionCode.NOT_FOUND, "You keep no such search"));
        }
        store(it.analyst(), new SavedSearchDeleted(it.search(), it.account(), it.at()));
    }

    private void store(AnalystId analyst, ArchiveEvent fact) {
        store(analyst.toString(), SEQS.merge(analyst, 1L, Long::sum) - 1, fact);
    }

    private void store(String stream, long seq, ArchiveEvent fact) {
        store.publish(new GenericDomainEventMessage<>("Archive", stream, seq, fact));
    }
}
