package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

/// Clients that send commands one after the other and know how each ended: answered, or failed with a code.
final class CommandLoad implements AutoCloseable {

    private final List<AxonServerConnection> connections;
    private final String name;
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicLong> failed = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> senders = new ArrayList<>();
    private volatile boolean stopped;

    /// @param connections of the senders, in turn
    /// @param name of the commands; each has a routing key of its own
    CommandLoad(List<AxonServerConnection> connections, String name) {
        this.connections = connections;
        this.name = name;
    }

    /// @param count how many senders
    void start(int count) {
        for (int i = 0; i < count; i++) {
            AxonServerConnection connection = connections.get(i % connections.size());
            senders.add(threads.submit(() -> {
                while (!stopped) {
                    send(connection);
                }
                return null;
            }));
        }
    }

    /// Identifiers of the commands that were answered.
    Set<String> succeeded() {
        return new HashSet<>(succeeded);
    }

    /// How many failed with each code. A call that the client's own transport failed counts under its status.
    Map<String, AtomicLong> failed() {
        return failed;
    }

    /// Ends the load.
    ///
    /// @throws AssertionError if a command was not answered at all
    void stop() {
        stopped = true;
        for (Future<?> sender : senders) {
            try {
                sender.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("A sender failed", e.getCause());
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

    private void send(AxonServerConnection connection) throws Exception {
        Command command = Messages.command(name, Events.id());
        String code;
        try {
            CommandResponse response =
                    connection.commandChannel().sendCommand(command).get(10, TimeUnit.SECONDS);
            code = response.getErrorCode();
        } catch (ExecutionException e) {
            code = e.getCause().getClass().getSimpleName();
        }
        if (code.isEmpty()) {
            succeeded.add(command.getMessageIdentifier());
        } else {
            failed.computeIfAbsent(code, c -> new AtomicLong()).incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
