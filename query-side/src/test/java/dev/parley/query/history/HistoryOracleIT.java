package dev.parley.query.history;

import dev.parley.testing.Oracle;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.List;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Autowired;

class HistoryOracleIT extends OracleContract {

    @Autowired
    private HistoryProjection projection;

    @Autowired
    private MessageIndex index;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Oracle oracle() {
        return new HistoryOracle();
    }

    @Override
    protected Object state(Story story) {
        index.ensure();
        return List.of(
                documents(MessageIndex.ALIAS, story),
                new TreeSet<>(jdbc.queryForList(
                        "select conversation || ':' || message || ' ' || reaction || ' ' || account"
                                + " from query_side.reaction where not removed",
                        String.class)));
    }

    @Override
    protected int length() {
        return 160;
    }
}
