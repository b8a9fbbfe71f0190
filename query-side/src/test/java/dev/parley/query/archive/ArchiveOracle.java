package dev.parley.query.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.query.batch.Recorded;
import dev.parley.testing.Oracle;
import dev.parley.testing.Saying;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The searches that analysts keep, told the plain way. A new fact of analysts does not compile until
/// this says what it does.
final class ArchiveOracle implements Oracle {

    private final Map<AccountId, List<SavedSearchTable.Row>> kept = new HashMap<>();

    @Override
    public void apply(Recorded<Fact> recorded) {
        if (recorded.fact() instanceof ApplicationCleared) {
            kept.clear();
        }
        if (recorded.fact() instanceof ArchiveEvent event) {
            List<SavedSearchTable.Row> own = kept.computeIfAbsent(event.account(), account -> new ArrayList<>());
            switch (event) {
                case SearchSaved saved -> own.addFirst(row(saved));
                case SavedSearchDeleted deleted -> own.removeIf(row -> row.id().equals(deleted.search()));
                case ArchiveAccessed accessed -> {}
            }
        }
    }

    private static SavedSearchTable.Row row(SearchSaved saved) {
        String query = saved.query() == null ? null : Saying.stored(saved.query());
        return new SavedSearchTable.Row(
                saved.search(), Saying.stored(saved.name()), new Sought(query, saved.filters()), saved.at());
    }

    /// By account, the last that were saved first; an account that keeps none is absent.
    @Override
    public Map<AccountId, List<SavedSearchTable.Row>> state() {
        Map<AccountId, List<SavedSearchTable.Row>> state = new HashMap<>(kept);
        state.values().removeIf(List::isEmpty);
        return state;
    }
}
