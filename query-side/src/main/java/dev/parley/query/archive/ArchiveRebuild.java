package dev.parley.query.archive;

import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import dev.parley.query.clear.Clears;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.Generation;
import dev.parley.query.rebuild.Rebuildable;
import dev.parley.query.rebuild.Verification;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Builds saved searches anew. Each that is kept is compared with the log whole.
@Component
class ArchiveRebuild implements Rebuildable {

    private static final String EXPECTED = "expected_archive";
    private static final String KIND = "search";
    private static final String ACTUAL = """
            select id::text as key, '%s' as kind, 1::bigint as n, %s as hash
            from query_side.saved_search where not deleted""".formatted(
                    KIND,
                    ExpectedSums.hash("account::text || ' ' || name || ' ' || coalesce(query, '') || ' ' || filters"
                            + " || ' ' || (extract(epoch from saved_at) * 1000)::bigint"));

    private final JsonMapper json;
    private final QuerySideSchema schema;

    ArchiveRebuild(JsonMapper json, QuerySideSchema schema) {
        this.json = json;
        this.schema = schema;
    }

    @Override
    public String projection() {
        return QuerySideConfiguration.ARCHIVE;
    }

    @Override
    public List<String> tables() {
        return List.of("saved_search");
    }

    @Override
    public List<Expectation> expectations() {
        return List.of(ExpectedSums.table(EXPECTED));
    }

    @Override
    public String shape() {
        return "1";
    }

    @Override
    public boolean keeps(Class<?> fact) {
        return ArchiveProjection.isKept(fact);
    }

    @Override
    public Generation generation(int number, JdbcTemplate next) {
        return new NextArchive(next);
    }

    private final class NextArchive implements Generation {

        private final Clears clears;
        private final ArchiveProjection projection;
        private final ExpectedSums expected;

        NextArchive(JdbcTemplate next) {
            this.clears = new Clears(JdbcClient.create(next), schema);
            this.projection = new ArchiveProjection(new SavedSearchTable(next, json, schema), clears);
            this.expected = new ExpectedSums(next, EXPECTED);
        }

        @Override
        public void write(List<Recorded<Fact>> facts) {
            expected.restart();
            projection.write(facts);
            if (facts.stream().anyMatch(recorded -> recorded.fact() instanceof ApplicationCleared)) {
                expected.clear();
            }
            // Nothing is new to it: the projection has just been there.
            clears.apply(projection(), List.of(), () -> {})
                    .after(ArchiveEvent.class, facts)
                    .forEach(recorded -> expect(recorded.fact()));
            expected.write();
        }

        private void expect(ArchiveEvent fact) {
            if (fact instanceof SearchSaved saved) {
                expected.add(saved.search(), KIND, row(saved));
            } else if (fact instanceof SavedSearchDeleted deleted) {
                expected.forget(List.of(deleted.search().toString()));
            }
        }

        private String row(SearchSaved saved) {
            String query = saved.query();
            return saved.account() + " " + Storable.text(saved.name()) + " "
                    + (query == null ? "" : Storable.text(query)) + " "
                    + Storable.text(json.writeValueAsString(saved.filters())) + " "
                    + saved.at().toEpochMilli();
        }

        @Override
        public Verification verify() {
            return expected.verify(ACTUAL);
        }

        @Override
        public Verification verifyChanged() {
            return expected.verifyChanged(ACTUAL);
        }
    }
}
