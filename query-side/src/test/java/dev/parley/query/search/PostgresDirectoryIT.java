package dev.parley.query.search;

import dev.parley.messages.AccountId;
import dev.parley.testing.Running;
import org.junit.jupiter.api.Nested;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Names are found in [SearchLanguageIT].
class PostgresDirectoryIT extends Running {

    @Autowired
    private JdbcClient jdbc;

    @Nested
    class OfOnesOwnConversations implements DirectoryContract {

        @Override
        public Directory directory(AccountId asker) {
            return new PostgresDirectory(jdbc, asker, true);
        }
    }

    @Nested
    class OfAllConversations implements DirectoryContract {

        @Override
        public Directory directory(AccountId asker) {
            return new PostgresDirectory(jdbc, asker, false);
        }
    }
}
