package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Follows the log like a tracking processor: it hands over batches, and when its stream ends, for whatever reason, it
/// opens one that goes on after the last event that was handed over.
final class LogReader implements AutoCloseable {

    private static final int BATCH = 200;

    /// Where the events go, and where to go on.
    interface Sink {
        /// The token of the last event that was taken.
        long position() throws SQLException;

        /// @throws SQLException if nothing of it was taken
        void take(List<EventWithToken> events) throws SQLException;
    }

    /// Keeps the identifiers of the events in memory, in order.
    static final class Memory implements Sink {
        private final long first;
        private final List<String> seen = new ArrayList<>();

        /// @param first the index of the first event to see
        Memory(long first) {
            this.first = first;
        }

        @Override
        public synchronized long position() {
            return first + seen.size() - 1;
        }

        @Override
        public synchronized void take(List<EventWithToken> events) {
            for (EventWithToken event : events) {
                if (event.getToken() != first + seen.size()) {
                    throw new AssertionError("Event " + event.getToken() + " came, expected " + (first + seen.size()));
                }
                seen.add(event.getEvent().getMessageIdentifier());
            }
        }

        long first() {
            return first;
        }

        synchronized List<String> seen() {
            return List.copyOf(seen);
        }
    }

    /// A projection: it stores what it saw and its token in one transaction of the same PostgreSQL as the node's. That
    /// an event is handled twice, the primary key would tell.
    record Projection(TestDatabase database) implements Sink {

        Projection {
            database.execute("create schema proof");
            database.execute("create table proof.handled (token bigint primary key, message_id text not null unique)");
            database.execute("create table proof.position (token bigint not null)");
            database.execute("insert into proof.position values (-1)");
        }

        @Override
        public long position() throws SQLException {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select token from proof.position")) {
                row.next();
                return row.getLong(1);
            }
        }

        @Override
        public void take(List<EventWithToken> events) throws SQLException {
            try (Connection connection = database.dataSource().getConnection();
                    PreparedStatement insert =
                            connection.prepareStatement("insert into proof.handled (token, message_id) values (?, ?)");
                    PreparedStatement move = connection.prepareStatement("update proof.position set token = ?")) {
                connection.setAutoCommit(false);
                for (EventWithToken event : events) {
                    insert.setLong(1, event.getToken());
                    insert.setString(2, event.getEvent().getMessageIdentifier());
                    insert.addBatch();
                }
                insert.executeBatch();
                move.setLong(1, events.getLast().getToken());
                move.executeUpdate();
                connection.commit();
            }
        }
    }

    private final AxonServerConnection connection;
    private final Sink sink;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile AssertionError failure;
    private volatile int streams;

    LogReader(AxonServerConnection connection, Sink sink) {
        this.connection = connection;
        this.sink = sink;
        this.thread = Thread.ofVirtual().name("log-reader").start(this::run);
    }

    /// How many streams it needed so far.
    int streams() {
        return streams;
    }

    /// @throws AssertionError if it saw a gap or a repeat
    void check() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }

    private void run() {
        while (!stopped) {
            try (EventStream stream = connection.eventChannel().openStream(sink.position(), 256, 64)) {
                streams++;
                follow(stream);
            } catch (SQLException | RuntimeException e) {
                // The database or the node is away.
            } catch (AssertionError e) {
                failure = e;
                return;
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void follow(EventStream stream) throws SQLException, InterruptedException {
        while (!stopped) {
            EventWithToken next = stream.nextIfAvailable(200, TimeUnit.MILLISECONDS);
            if (next == null && stream.isClosed()) {
                return;
            }
            List<EventWithToken> batch = new ArrayList<>();
            while (next != null) {
                batch.add(next);
                next = batch.size() < BATCH ? stream.nextIfAvailable() : null;
            }
            if (!batch.isEmpty()) {
                sink.take(batch);
            }
        }
    }
}
