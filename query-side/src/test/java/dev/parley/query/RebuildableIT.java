package dev.parley.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.query.rebuild.Rebuildable;
import dev.parley.testing.Running;
import dev.parley.testing.Takers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/// What a rebuild may rely on of every projection that can be built anew.
class RebuildableIT extends Running {

    @Autowired
    private List<Rebuildable> all;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void eachIsTheProjectionOfAProcessorAndNoneTwice() {
        assertThat(all)
                .extracting(Rebuildable::projection)
                .contains(QuerySideConfiguration.HISTORY, QuerySideConfiguration.INBOX, QuerySideConfiguration.LOBBY)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]{1,20}"));
    }

    @Test
    void eachKeepsEveryFactThatItsProjectionTakesIn() {
        for (Rebuildable one : all) {
            assertThat(Takers.typesTakenInBy(one.projection()))
                    .as(one.projection())
                    .isNotEmpty()
                    .allMatch(one::keeps);
        }
    }

    @Test
    void tablesAreThereAndNoOtherProjectionsAndExpectationsAreOnlyOfGenerations() {
        Set<String> live = new HashSet<>(jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = 'query_side'", String.class));
        assertThat(all.stream().flatMap(one -> one.tables().stream()))
                .isSubsetOf(live)
                .doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(one -> one.expectations().stream()).map(Rebuildable.Expectation::table))
                .doesNotContainAnyElementsOf(live);
    }

    @Test
    void theShapeStaysTheSameAndWhatWasJustWrittenIsNotOutdated() {
        for (Rebuildable one : all) {
            assertThat(one.shape()).as(one.projection()).isEqualTo(one.shape());
            assertThat(one.isOutdated()).as(one.projection()).isFalse();
        }
    }
}
