package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.language.QueryException;
import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.storage.EventStorage;
import io.axoniq.axonserver.grpc.event.ColumnsResponse;
import io.axoniq.axonserver.grpc.event.QueryEventsRequest;
import io.axoniq.axonserver.grpc.event.QueryEventsResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One query, from its text to its last row.
final class QueryRun implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryRun.class);

    private final EventStorage storage;
    private final EventQueryProperties properties;
    private final QueryEventsRequest request;
    private final Outlet outlet;
    private final Budget budget;
    private final long deadline;
    private volatile boolean past = true;

    QueryRun(
            EventStorage storage,
            EventQueryProperties properties,
            QueryEventsRequest request,
            Outlet outlet,
            Budget budget) {
        this.storage = storage;
        this.properties = properties;
        this.request = request;
        this.outlet = outlet;
        this.budget = budget;
        this.deadline = System.nanoTime() + properties.timeout().toNanos();
    }

    Outlet outlet() {
        return outlet;
    }

    /// Ends the query if it has read the past for too long. Any thread.
    void expire() {
        if (past && System.nanoTime() - deadline > 0) {
            outlet.end(ErrorCode.QUERY_TIMEOUT.failure("The query has not read what is stored within "
                    + properties.timeout().toSeconds() + " s; narrow it down, for instance with \"last hour\""));
        }
    }

    @Override
    public void run() {
        @Nullable Throwable failure = null;
        try {
            query();
        } catch (QueryException e) {
            failure = ErrorCode.INVALID_QUERY.failure(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            failure = ErrorCode.INVALID_QUERY.failure("The query needs too deep a stack; make it simpler");
        } catch (SQLException e) {
            LOG.atWarn().setCause(e).log("Stored events could not be read for a query");
            failure = ErrorCode.READ_FAILED.failure("The event store cannot be read now");
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            outlet.close(failure);
        }
    }

    private void query() throws SQLException {
        boolean snapshots = request.getQuerySnapshots();
        List<String> given = snapshots ? EventFields.SNAPSHOT_COLUMNS : EventFields.COLUMNS;
        QueryPlan plan = PlanCompiler.compile(request.getQuery(), given, properties, budget, Instant.now());
        outlet.send(QueryEventsResponse.newBuilder()
                .setColumns(ColumnsResponse.newBuilder().addAllColumn(plan.columns()))
                .build());
        Changes changes = new Changes(plan.columns(), outlet, request.getLiveEvents());
        if (snapshots) {
            new SnapshotQuery(storage.snapshots(), plan, changes, outlet, budget)
                    .run(request.getLiveEvents(), this::pastCompleted);
            return;
        }
        RowSource rows = new RowSource(plan.range(), budget);
        QueryResult result = plan.newestFirst()
                ? new NewestRows(plan, outlet, budget, rows::row)
                : new TableRows(new Table(plan, budget), changes, rows::row);
        long head = storage.tail().next();
        result.past(EventScan.of(storage, plan.range(), head));
        pastCompleted();
        if (request.getLiveEvents()) {
            new LiveEvents(storage, outlet).follow(result, head);
        }
    }

    private void pastCompleted() {
        past = false;
        outlet.pastCompleted();
    }
}
