package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// How fast an Axon Server is through Axon's connector: durable transactions of one event, command round trips, and
/// tracking streams. Client and node are one JVM, PostgreSQL is beside it, and all share the machine.
///
/// Options: `--node host:port` of a server that runs already (default: a node of its own), `--seconds` of each step,
/// `--rounds`, `--events` to read, `--only` one of `append`, `commands`, `read`.
final class NodeSpeed implements Benchmark {

    private static final List<Integer> IN_FLIGHT = List.of(1, 32, 256);
    private static final int BATCH = 200;
    private final AtomicLong lastRead = new AtomicLong();

    @Override
    public void run(Options options) throws Exception {
        String only = options.text("only", "");
        int seconds = options.number("seconds", 5);
        try (NodeUnderLoad node = NodeUnderLoad.of(
                options.text("node", ""), Path.of(System.getProperty("parley.benchmark.data", "benchmark-data")))) {
            AxonServerConnection connection = node.connection();
            Samples.handle(connection);
            for (int round = 1; round <= options.number("rounds", 3); round++) {
                System.out.println("round " + round);
                if (wanted("append", only)) {
                    for (int inFlight : IN_FLIGHT) {
                        fly("append, one event", inFlight, seconds, appends(connection, inFlight));
                    }
                }
                if (wanted("commands", only)) {
                    for (int inFlight : IN_FLIGHT) {
                        fly(
                                "command",
                                inFlight,
                                seconds,
                                slot -> connection.commandChannel().sendCommand(Samples.command(slot)));
                    }
                }
                if (wanted("read", only)) {
                    read(connection, options.number("events", 200_000));
                }
            }
        }
    }

    private static boolean wanted(String step, String only) {
        return only.isEmpty() || only.equals(step);
    }

    private static void fly(String what, int inFlight, int seconds, IntFunction<CompletableFuture<?>> call)
            throws InterruptedException {
        CpuClock clock = new CpuClock();
        Heap heap = new Heap();
        Flight.Figures figures = Flight.fly(inFlight, seconds, call);
        System.out.printf(
                "  %-18s %3d in flight %8.0f/s  p50 %6.2f  p99 %6.2f ms  %s  heap %3d MB  (%d failed)%n",
                what,
                inFlight,
                figures.perSecond(),
                figures.millisAt(50),
                figures.millisAt(99),
                clock.perOperation(Math.max(1, figures.latencies().getTotalCount())),
                heap.peakMegabytes(),
                figures.failures());
    }

    /// Each slot writes an aggregate of its own.
    private static IntFunction<CompletableFuture<?>> appends(AxonServerConnection connection, int slots) {
        String[] aggregates = new String[slots];
        long[] next = new long[slots];
        for (int slot = 0; slot < slots; slot++) {
            aggregates[slot] = UUID.randomUUID().toString();
        }
        return slot -> connection.eventChannel().appendEvents(Samples.event(aggregates[slot], next[slot]++));
    }

    /// Reads the log from its beginning, and then its last events over and over, which need no database.
    private void read(AxonServerConnection connection, int events) throws Exception {
        long head = fill(connection, events);
        stream("read from the start", connection, -1, events, 1);
        int recent = Math.min(events, 10_000);
        stream("read the newest", connection, head - recent, recent, events / recent);
    }

    private static long fill(AxonServerConnection connection, int events) throws Exception {
        long head = connection.eventChannel().getLastToken().get();
        while (head + 1 < events) {
            String aggregate = UUID.randomUUID().toString();
            Event[] batch = new Event[BATCH];
            for (int i = 0; i < BATCH; i++) {
                batch[i] = Samples.event(aggregate, i);
            }
            connection.eventChannel().appendEvents(batch).get();
            head = connection.eventChannel().getLastToken().get();
        }
        return head;
    }

    private void stream(String what, AxonServerConnection connection, long token, int events, int times)
            throws InterruptedException {
        CpuClock clock = new CpuClock();
        long start = System.nanoTime();
        for (int time = 0; time < times; time++) {
            try (EventStream stream = connection.eventChannel().openStream(token, 1000, 500)) {
                for (int i = 0; i < events; i++) {
                    lastRead.set(stream.next().getToken());
                }
            }
        }
        long total = (long) events * times;
        System.out.printf(
                "  %-32s %8.0f/s  %s%n", what, total / ((System.nanoTime() - start) / 1e9), clock.perOperation(total));
    }
}
