package dev.parley.query.rebuild;

import dev.parley.query.QuerySideProperties;
import dev.parley.query.letters.DeadLetters;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What rebuilds on this node work with.
@Component
class RebuildWork {

    private final RebuildTable table;
    private final GenerationTables tables;
    private final FactLog log;
    private final Transactions transactions;
    private final QuerySideProperties.Rebuild bounds;
    private final String owner = ManagementFactory.getRuntimeMXBean().getName() + "#"
            + UUID.randomUUID().toString().substring(0, 8);

    RebuildWork(
            RebuildTable table,
            GenerationTables tables,
            FactLog log,
            Transactions transactions,
            QuerySideProperties properties) {
        this.table = table;
        this.tables = tables;
        this.log = log;
        this.transactions = transactions;
        this.bounds = properties.rebuild();
    }

    /// The database, transactions in it, and what live processors put aside there.
    @Component
    static class Transactions {

        private final DataSource dataSource;
        private final JdbcTemplate jdbc;
        private final TransactionTemplate template;
        private final DeadLetters letters;

        Transactions(
                DataSource dataSource,
                JdbcTemplate jdbc,
                PlatformTransactionManager transactionManager,
                DeadLetters letters) {
            this.dataSource = dataSource;
            this.jdbc = jdbc;
            this.letters = letters;
            this.template = new TransactionTemplate(transactionManager);
        }
    }

    RebuildTable table() {
        return table;
    }

    GenerationTables tables() {
        return tables;
    }

    FactLog log() {
        return log;
    }

    /// This process, as no other calls itself.
    String owner() {
        return owner;
    }

    int batchSize() {
        return bounds.batchSize();
    }

    /// How long the live processor may be kept from committing.
    Duration hold() {
        return bounds.hold();
    }

    DeadLetters letters() {
        return transactions.letters;
    }

    Generation generation(Rebuildable projection, int number) {
        JdbcTemplate next = new JdbcTemplate(new RedirectedTables(
                transactions.dataSource,
                GenerationTables.own(projection),
                GenerationTables.schema(projection.projection(), number)));
        return projection.generation(number, next);
    }

    void inTransaction(Runnable work) {
        transactions.template.executeWithoutResult(status -> work.run());
    }

    <T> T fetchInTransaction(Supplier<T> work) {
        T result = transactions.template.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("A transaction gave nothing");
        }
        return result;
    }

    /// Lets the processor commit nothing on any node until the caller's transaction ends, in which from then on no
    /// statement takes longer than [#hold].
    ///
    /// @throws org.springframework.dao.PessimisticLockingFailureException if it is at a batch for longer
    void holdToken(String processor) {
        transactions.jdbc.execute("set local lock_timeout = '5s'");
        transactions.jdbc.queryForList(
                "select segment from axon.token_entry where processorname = ? order by segment for update", processor);
        transactions.jdbc.execute("set local statement_timeout = '" + hold().toMillis() + "ms'");
    }
}
