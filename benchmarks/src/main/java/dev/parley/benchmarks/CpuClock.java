package dev.parley.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Processor time used by this JVM and by its child processes, such as an embedded PostgreSQL. On a noisy machine it
/// says more than the clock on the wall.
final class CpuClock {

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long jvm = machine.getProcessCpuTime();
    private final long children = childNanos();

    /// Processor time since it was made.
    ///
    /// @param operations that it is divided by
    String perOperation(long operations) {
        return "%5.0f us JVM + %3.0f us children"
                .formatted(
                        (machine.getProcessCpuTime() - jvm) / 1e3 / operations,
                        (childNanos() - children) / 1e3 / operations);
    }

    private static long childNanos() {
        return ProcessHandle.current()
                .descendants()
                .mapToLong(child ->
                        child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }
}
