package dev.parley.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Processor time used by JVMs and by their child processes, such as an embedded PostgreSQL; the system counts in steps
/// of 10 ms. On a noisy machine it says more than the clock on the wall.
final class CpuClock {

    private final List<ProcessHandle> processes;
    private final long jvm;
    private final long children;

    /// Of this JVM.
    CpuClock() {
        this(List.of(ProcessHandle.current()));
    }

    CpuClock(List<ProcessHandle> processes) {
        this.processes = processes;
        jvm = nanos(processes.stream());
        children = childNanos();
    }

    /// Processor time since it was made.
    ///
    /// @param operations that it is divided by
    String perOperation(long operations) {
        return "%5.0f us JVM + %3.0f us children"
                .formatted(jvmNanos() / 1e3 / operations, (childNanos() - children) / 1e3 / operations);
    }

    /// Of the JVMs, since it was made.
    long jvmNanos() {
        return nanos(processes.stream()) - jvm;
    }

    /// Of the processes and their children, since it was made.
    long treeNanos() {
        return jvmNanos() + childNanos() - children;
    }

    private long childNanos() {
        return nanos(processes.stream().flatMap(ProcessHandle::descendants));
    }

    private static long nanos(Stream<ProcessHandle> processes) {
        return processes
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }
}
