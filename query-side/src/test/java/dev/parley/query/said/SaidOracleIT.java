package dev.parley.query.said;

import dev.parley.testing.Oracle;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import org.springframework.beans.factory.annotation.Autowired;

class SaidOracleIT extends OracleContract {

    @Autowired
    private SaidProjection projection;

    @Autowired
    private SaidIndex index;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Oracle oracle() {
        return new SaidOracle();
    }

    @Override
    protected Object state(Story story) {
        index.index().ensure();
        return documents(SaidIndex.ALIAS, story);
    }

    @Override
    protected int length() {
        return 200;
    }
}
