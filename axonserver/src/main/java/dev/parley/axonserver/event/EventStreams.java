package dev.parley.axonserver.event;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.Replies;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs whatever reads the store for a client: each on a virtual thread of its own, never on a transport thread.
/// Thread-safe.
public final class EventStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final String CLOSING = "The node is shutting down";

    /// One read with one answer.
    public interface Read<T> {
        T get() throws SQLException;
    }

    private final Set<EventStream<?>> streams = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("axonserver-read-", 0).factory());
    private volatile boolean closing;

    public EventStreams(Meters meters) {
        meters.gauge("streams", "Open streams of events", streams, Set::size);
        meters.gauge("stream.lag", "Events that the slowest stream has before it", this, EventStreams::highestLag);
    }

    void start(EventStream<?> stream) {
        streams.add(stream);
        if (closing) {
            stream.end(ErrorCode.STORE_UNAVAILABLE.failure(CLOSING));
        }
        threads.execute(() -> {
            try {
                stream.run();
            } finally {
                streams.remove(stream);
            }
        });
    }

    /// Answers a call with what is read.
    public <T> void answer(StreamObserver<T> reply, Read<T> read) {
        try {
            threads.execute(() -> {
                try {
                    Replies.one(reply, read.get());
                } catch (SQLException e) {
                    LOG.atWarn().setCause(e).log("The event store could not be used");
                    Replies.fail(reply, ErrorCode.READ_FAILED.failure("The event store cannot be used now"));
                } catch (RuntimeException e) {
                    Replies.fail(reply, e);
                }
            });
        } catch (RejectedExecutionException e) {
            Replies.fail(reply, ErrorCode.STORE_UNAVAILABLE.failure(CLOSING));
        }
    }

    /// Ends all streams; they tell their clients to come back.
    @Override
    public void close() {
        closing = true;
        streams.forEach(stream -> stream.end(ErrorCode.STORE_UNAVAILABLE.failure(CLOSING)));
        threads.shutdown();
    }

    private double highestLag() {
        long highest = 0;
        for (EventStream<?> stream : streams) {
            if (stream instanceof TrackingStream tracking) {
                highest = Math.max(highest, tracking.lag());
            }
        }
        return highest;
    }
}
