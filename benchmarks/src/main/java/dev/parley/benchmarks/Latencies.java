package dev.parley.benchmarks;

import org.HdrHistogram.Histogram;

/// Times as a line of a result.
final class Latencies {

    private Latencies() {}

    /// With the longest, in milliseconds.
    static String of(Histogram micros) {
        return "%s  max %7.2f ms".formatted(Deliveries.percentiles(micros), micros.getMaxValue() / 1e3);
    }
}
