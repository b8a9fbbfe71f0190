package dev.parley.axonserver;

import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.event.Event;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that append without pause, and what they know of their events: which were acknowledged, and which cannot
/// be stored. A transaction whose outcome is unknown is either given up or sent again until the answer is definite.
final class AppendLoad implements AutoCloseable {

    /// Type of the events' payload.
    record Happened(long at) {}

    private static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private enum Answer {
        STORED,
        NOT_STORED,
        OUT_OF_SEQUENCE,
        UNKNOWN
    }

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> appenders = new ArrayList<>();
    private volatile boolean stopped;

    /// @param connections of the appenders, in turn
    AppendLoad(List<AxonServerConnection> connections, int count, long seed) {
        for (int i = 0; i < count; i++) {
            AxonServerConnection connection = connections.get(i % connections.size());
            Random random = new Random(seed + i);
            appenders.add(threads.submit(() -> {
                run(connection, random);
                return null;
            }));
        }
    }

    /// Identifiers of events that are in the store for good.
    Set<String> acknowledged() {
        return acknowledged;
    }

    /// Identifiers of events that are in the store in no case.
    Set<String> refused() {
        return refused;
    }

    /// How many transactions were acknowledged.
    long transactions() {
        return transactions.get();
    }

    /// How many answers were none, or not definite.
    long failures() {
        return failures.get();
    }

    /// How long the slowest answer took, of whatever kind.
    long slowestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(slowestNanos.get());
    }

    /// Ends the load.
    ///
    /// @throws AssertionError if an appender waited for an answer in vain, or got one that cannot be
    void stop() {
        stopped = true;
        for (Future<?> appender : appenders) {
            try {
                appender.get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("An appender failed", e.getCause());
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }

    private void run(AxonServerConnection connection, Random random) throws Exception {
        String aggregate = id();
        long next = 0;
        while (!stopped) {
            if (random.nextInt(20) == 0) {
                aggregate = id();
                next = 0;
            }
            boolean fits = random.nextInt(15) != 0;
            List<Event> events = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                long sequence = fits || i < count - 1 ? next + i : next + 17;
                events.add(event(aggregate, sequence, Happened.class.getName(), 1_000_000 + sequence));
            }
            Answer answer = fits ? settle(connection, events, random) : append(connection, events, true);
            switch (answer) {
                case STORED, OUT_OF_SEQUENCE -> next += fits ? count : 0;
                case NOT_STORED -> {}
                case UNKNOWN -> {
                    aggregate = id();
                    next = 0;
                }
            }
        }
    }

    /// Appends events that fit. Whatever the first answer was, to send them again leads to a definite one.
    private Answer settle(AxonServerConnection connection, List<Event> events, Random random) throws Exception {
        boolean persistent = random.nextBoolean();
        Answer answer = append(connection, events, false);
        check(answer != Answer.OUT_OF_SEQUENCE, "The first attempt was out of sequence");
        while (answer == Answer.UNKNOWN && persistent && !stopped) {
            answer = append(connection, events, false);
            if (answer == Answer.OUT_OF_SEQUENCE) {
                keep(acknowledged, events);
            } else if (answer == Answer.NOT_STORED) {
                // This attempt was not; an earlier one may have been.
                answer = Answer.UNKNOWN;
            }
        }
        if (answer == Answer.NOT_STORED) {
            keep(refused, events);
        }
        return answer;
    }

    private Answer append(AxonServerConnection connection, List<Event> events, boolean wrong) throws Exception {
        long start = System.nanoTime();
        Throwable failure;
        try {
            Events.tryAppend(connection, events.toArray(Event[]::new)).get(20, TimeUnit.SECONDS);
            check(!wrong, "A gap was acknowledged");
            keep(acknowledged, events);
            transactions.incrementAndGet();
            return Answer.STORED;
        } catch (ExecutionException e) {
            failure = e.getCause();
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
        if (wrong) {
            keep(refused, events);
        }
        String code = code(failure);
        if (code.equals("AXONIQ-2000") || code.equals("AXONIQ-9200")) {
            return Answer.OUT_OF_SEQUENCE;
        }
        failures.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
        boolean nothing = String.valueOf(failure.getMessage()).contains("nothing of this");
        return nothing ? Answer.NOT_STORED : Answer.UNKNOWN;
    }

    private static String code(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        String code = trailers == null ? null : trailers.get(ERROR_CODE);
        return code == null ? "" : code;
    }

    private static void keep(Set<String> where, List<Event> events) {
        events.forEach(event -> where.add(event.getMessageIdentifier()));
    }

    private static void check(boolean fact, String otherwise) {
        if (!fact) {
            throw new AssertionError(otherwise);
        }
    }
}
