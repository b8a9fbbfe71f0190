package dev.parley.benchmarks;

import dev.parley.client.ParleyEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// How long messages take from the call that sends them to the receiver: the time is in the body, and both are of this
/// process. Thread-safe.
final class Deliveries {

    private static final long PATIENCE_MILLIS = 10_000;
    private static final String TEXT = " the quick brown fox jumps over the lazy dog";

    private final Recorder latencies = new Recorder(3);
    private final AtomicLong received = new AtomicLong();

    /// A message that is sent now.
    static String body() {
        return System.nanoTime() + TEXT;
    }

    void received(ParleyEvent event) {
        ParleyEvent.Message message = event.message();
        if (message != null && message.body() != null && message.body().endsWith(TEXT)) {
            long sent =
                    Long.parseLong(message.body().substring(0, message.body().length() - TEXT.length()));
            latencies.recordValue(Math.max(0, System.nanoTime() - sent) / 1_000);
            received.incrementAndGet();
        }
    }

    /// In all.
    long count() {
        return received.get();
    }

    /// Those since it was last asked, in microseconds.
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    /// Waits for as many, in all.
    ///
    /// @return how many did not come in time
    long awaitCount(long expected) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (count() < expected && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        return expected - count();
    }

    /// `p50 ... p95 ... p99 ...` in milliseconds.
    static String percentiles(Histogram micros) {
        return "p50 %7.2f  p95 %7.2f  p99 %7.2f ms"
                .formatted(
                        micros.getValueAtPercentile(50) / 1e3,
                        micros.getValueAtPercentile(95) / 1e3,
                        micros.getValueAtPercentile(99) / 1e3);
    }
}
