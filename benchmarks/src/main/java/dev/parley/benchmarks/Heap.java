package dev.parley.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/// The most heap that was in use since it was made, garbage included: what the JVM needed, not what it would have
/// needed.
final class Heap {

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    Heap() {
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /// An upper bound: the pools need not have had their peaks at the same time.
    long peakMegabytes() {
        return pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    }
}
