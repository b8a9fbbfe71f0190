package dev.parley.query.archive;

import dev.parley.messages.AccountId;
import dev.parley.testing.Oracle;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;

class ArchiveOracleIT extends OracleContract {

    @Autowired
    private ArchiveProjection projection;

    @Autowired
    private SavedSearchTable table;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Oracle oracle() {
        return new ArchiveOracle();
    }

    @Override
    protected Object state(Story story) {
        Map<AccountId, List<SavedSearchTable.Row>> state = new HashMap<>();
        story.accounts().forEach(account -> state.put(account, table.of(account)));
        state.values().removeIf(List::isEmpty);
        return state;
    }

    @Override
    protected int length() {
        return 500;
    }
}
