package dev.parley.query.archive;

import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Autowired;

/// The searches that analysts keep.
class SavedSearchOracleIT extends OracleContract {

    private static final int PEOPLE = 8;

    @Autowired
    private ArchiveProjection projection;

    @Autowired
    private SavedSearchTable table;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Fold fold() {
        return new Kept();
    }

    @Override
    protected Set<String> read(Story story) {
        Set<String> state = new TreeSet<>();
        IntStream.range(0, PEOPLE)
                .mapToObj(story::account)
                .forEach(account -> table.of(account)
                        .forEach(row -> state.add(account + " " + row.id() + " " + row.name() + " "
                                + row.sought().q() + " " + row.sought().filters() + " " + row.at())));
        return state;
    }

    /// A new fact of the archive does not compile until this says what it does.
    private static final class Kept implements Fold {

        private final Map<SavedSearchId, SearchSaved> searches = new HashMap<>();

        @Override
        public void apply(Fact fact, long position, long seq) {
            if (fact instanceof ApplicationCleared) {
                searches.clear();
            } else if (fact instanceof ArchiveEvent event) {
                switch (event) {
                    case SearchSaved it -> searches.put(it.search(), it);
                    case SavedSearchDeleted it -> searches.remove(it.search());
                    case ArchiveAccessed accessed -> {}
                }
            }
        }

        @Override
        public Set<String> state() {
            Set<String> state = new TreeSet<>();
            searches.values()
                    .forEach(it -> state.add(it.account() + " " + it.search() + " " + it.name() + " " + it.query() + " "
                            + it.filters() + " " + it.at()));
            return state;
        }
    }
}
