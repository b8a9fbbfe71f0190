package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import java.util.List;

/// What a connection costs the server that says nothing: live heap after a collection and resident memory of its JVM,
/// before and after, and processor time while all of them are idle.
///
/// Options: `--connections`, `--per-account` (a node takes 32), `--seconds` of idleness, `--gateway`, `--pid` of the
/// server.
final class Idle implements Benchmark {

    @Override
    public void run(Options options) throws Exception {
        int connections = options.number("connections", 5_000);
        int perAccount = options.number("per-account", 32);
        int seconds = options.number("seconds", 30);
        ServerProcess server = ServerProcess.of(options).required();
        List<Person> people =
                Person.register(Client.nobody(options.server()), (connections + perAccount - 1) / perAccount);
        try (Devices devices = new Devices(options.gateways())) {
            Memory before = Memory.of(server);
            System.out.println("before: " + before);

            long start = System.nanoTime();
            for (int i = 0; i < connections; i++) {
                devices.connect(people.get(i / perAccount), "device-" + i % perAccount, event -> {});
            }
            devices.await();
            System.out.printf("%d connections in %.1f s%n", connections, (System.nanoTime() - start) / 1e9);

            CpuClock clock = server.cpuClock();
            Thread.sleep(seconds * 1_000L);
            System.out.printf(
                    "%d s idle: %.1f %% of a processor; %s%n",
                    seconds, clock.jvmNanos() / 1e7 / seconds, devices.faults());

            Memory after = Memory.of(server);
            System.out.println("after: " + after);
            System.out.printf(
                    "a connection: heap %.1f KiB, resident %.1f KiB%n",
                    (after.heap() - before.heap()) / 1024.0 / connections,
                    (after.resident() - before.resident()) / 1024.0 / connections);
        }
    }

    /// In bytes.
    private record Memory(long heap, long resident) {

        static Memory of(ServerProcess server) throws Exception {
            long heap = server.heapBytes();
            return new Memory(heap, server.residentBytes());
        }

        @Override
        public String toString() {
            return "heap %.1f MiB, resident %.1f MiB".formatted(heap / 1048576.0, resident / 1048576.0);
        }
    }
}
