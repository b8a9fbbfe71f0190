package dev.parley.query.operations;

import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Faults;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Notes the last failure of each processor in `query_side.failure`, for all nodes to see, and lets it go on its way:
/// the batch comes again. While PostgreSQL is down nothing is noted.
@Component
public class FailureNotes {

    private static final String NODE = ManagementFactory.getRuntimeMXBean().getName();

    /// A failed processor is claimed again within 5 s at first (`ProcessorRevival` of the app) and by Axon after a
    /// minute at most.
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final JdbcClient jdbc;

    FailureNotes(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// @param position of the first fact of the batch: past it the failure is over
    /// @param cause kinds of failure, no values
    record Failure(String processor, String node, long position, String cause, int attempts, Instant at) {

        /// When it comes again, about.
        Instant nextRetry() {
            return at.plus(RETRY);
        }
    }

    /// Notes and throws on.
    public ErrorHandler handler() {
        return context -> {
            Thread.ofVirtual().start(() -> note(context));
            propagate(context.error());
        };
    }

    private static void propagate(Throwable error) throws Exception {
        if (error instanceof Error fatal) {
            throw fatal;
        }
        throw (Exception) error;
    }

    private void note(ErrorContext context) {
        try {
            jdbc.sql("delete from query_side.failure where at < now() - interval '1 day'")
                    .update();
            jdbc.sql("""
                    insert into query_side.failure as f (processor, node, position, cause, attempts, at)
                    values (?, ?, ?, ?, 1, now())
                    on conflict (processor, node) do update set position = excluded.position, cause = excluded.cause,
                        attempts = case when f.position = excluded.position then f.attempts + 1 else 1 end, at = now()""")
                    .params(context.eventProcessor(), NODE, position(context), Faults.kinds(context.error()))
                    .update();
        } catch (RuntimeException databaseDown) {
            // It is what failed, most likely; the processor's own log tells.
        }
    }

    private static long position(ErrorContext context) {
        return context.failedEvents().stream()
                .filter(TrackedEventMessage.class::isInstance)
                .mapToLong(event -> ((TrackedEventMessage<?>) event)
                        .trackingToken()
                        .position()
                        .orElse(-1))
                .min()
                .orElse(-1);
    }

    /// Those that may not be over: a batch that fails comes again, and fails again, within a minute.
    List<Failure> all() {
        return jdbc.sql("select processor, node, position, cause, attempts, at from query_side.failure"
                        + " where at > now() - interval '10 minutes'")
                .query((row, n) -> new Failure(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()))
                .list();
    }
}
