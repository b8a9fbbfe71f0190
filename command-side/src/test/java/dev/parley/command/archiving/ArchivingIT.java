package dev.parley.command.archiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.command.RealParts;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.archive.AccessId;
import dev.parley.messages.archive.AnalystId;
import dev.parley.messages.archive.ArchiveCommand.DeleteSavedSearch;
import dev.parley.messages.archive.ArchiveCommand.RecordArchiveAccess;
import dev.parley.messages.archive.ArchiveCommand.SaveSearch;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.messages.archive.SavedSearchId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.junit.jupiter.api.Test;

class ArchivingIT {

    private final Commands commands = RealParts.commandSide().getBean(Commands.class);
    private final EventStore store = RealParts.commandSide().getBean(EventStore.class);
    private final AccountId ann = new AccountId(UUID.randomUUID());
    private final Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void aLookIsStoredOnceHoweverOftenItIsSent() {
        RecordArchiveAccess look = look();
        commands.send(look);
        commands.send(look);
        assertThat(stored(look.access()))
                .containsExactly(
                        new ArchiveAccessed(look.access(), ann, ArchiveUse.SEARCH, "tea", ArchiveFilters.NONE, now));
    }

    @Test
    void aSearchIsSavedAndDeleted() {
        AnalystId analyst = new AnalystId(ann);
        SavedSearchId search = new SavedSearchId(UUID.randomUUID());
        commands.send(new SaveSearch(analyst, search, "Tea", null, ArchiveFilters.NONE, now));
        commands.send(new DeleteSavedSearch(analyst, search, now));
        assertThat(stored(analyst))
                .containsExactly(
                        new SearchSaved(search, ann, "Tea", null, ArchiveFilters.NONE, now),
                        new SavedSearchDeleted(search, ann, now));
        RejectedException refused = catchThrowableOfType(
                RejectedException.class, () -> commands.send(new DeleteSavedSearch(analyst, search, now)));
        assertThat(refused.rejection().code()).isEqualTo(RejectionCode.NOT_FOUND);
    }

    private RecordArchiveAccess look() {
        return new RecordArchiveAccess(
                new AccessId(UUID.randomUUID()), ann, ArchiveUse.SEARCH, "tea", ArchiveFilters.NONE, now);
    }

    private List<Object> stored(Object stream) {
        return store.readEvents(stream.toString(), 0)
                .asStream()
                .<Object>map(Message::getPayload)
                .toList();
    }
}
