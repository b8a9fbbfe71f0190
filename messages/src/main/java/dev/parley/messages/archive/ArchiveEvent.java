package dev.parley.messages.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.StoredName;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/// Facts about the work of analysts in the archive of all messages.
public sealed interface ArchiveEvent extends Fact {

    /// Who did it.
    AccountId account();

    /// Somebody was about to be shown what a search of the whole archive finds. It is stored before the
    /// answer is made, so there may have been none. Each has a stream of its own: nobody waits for
    /// another, and no stream grows.
    ///
    /// @param query as typed; null where all messages were meant
    @StoredName("ArchiveAccessed")
    @Revision("1")
    record ArchiveAccessed(
            AccessId access,
            AccountId account,
            ArchiveUse use,
            @Nullable String query,
            ArchiveFilters filters,
            Instant at)
            implements ArchiveEvent {}

    /// @param query likewise
    @StoredName("SearchSaved")
    @Revision("1")
    record SearchSaved(
            SavedSearchId search,
            AccountId account,
            String name,
            @Nullable String query,
            ArchiveFilters filters,
            Instant at)
            implements ArchiveEvent {}

    @StoredName("SavedSearchDeleted")
    @Revision("1")
    record SavedSearchDeleted(SavedSearchId search, AccountId account, Instant at) implements ArchiveEvent {}
}
