package dev.parley.query.lobby;

import dev.parley.testing.Oracle;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import org.springframework.beans.factory.annotation.Autowired;

class LobbyOracleIT extends OracleContract {

    @Autowired
    private LobbyProjection projection;

    @Autowired
    private LobbyTables tables;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Oracle oracle() {
        return new LobbyOracle();
    }

    @Override
    protected Object state(Story story) {
        return tables.games();
    }

    @Override
    protected int length() {
        return 600;
    }
}
