package dev.parley.messages.archive;

import dev.parley.messages.AccountId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// What analysts ask for. `at` is the caller's clock: aggregates have none. That the account is an
/// analyst is for the edge to know.
public sealed interface ArchiveCommand {

    AccountId account();

    /// Stores who looks at what before anything is shown. Refused as `rate-limited` where one account
    /// does so too often.
    ///
    /// @param access a new one
    /// @param query as typed; null where all messages are meant
    record RecordArchiveAccess(
            @TargetAggregateIdentifier AccessId access,
            AccountId account,
            ArchiveUse use,
            @Nullable String query,
            ArchiveFilters filters,
            Instant at)
            implements ArchiveCommand {}

    /// Keeps a search. Repeated for the same search it changes nothing. At most [#MOST_SEARCHES] are
    /// kept.
    ///
    /// @param name 1 to [#LONGEST_NAME] characters; it need not be unique
    /// @param query likewise
    record SaveSearch(
            @TargetAggregateIdentifier AnalystId analyst,
            SavedSearchId search,
            String name,
            @Nullable String query,
            ArchiveFilters filters,
            Instant at)
            implements ArchiveCommand {

        @Override
        public AccountId account() {
            return analyst.account();
        }
    }

    /// One that the account does not keep is rejected as `not-found`.
    record DeleteSavedSearch(@TargetAggregateIdentifier AnalystId analyst, SavedSearchId search, Instant at)
            implements ArchiveCommand {

        @Override
        public AccountId account() {
            return analyst.account();
        }
    }

    /// Searches that one account keeps.
    int MOST_SEARCHES = 100;

    /// In UTF-16 code units.
    int LONGEST_NAME = 100;

    /// In UTF-16 code units.
    int LONGEST_QUERY = 500;
}
