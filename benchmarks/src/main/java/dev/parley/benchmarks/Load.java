package dev.parley.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// The same call over and over by so many threads, each waiting for its answer, until it is stopped or was made often
/// enough.
final class Load implements AutoCloseable {

    private final Histogram latencies = new ConcurrentHistogram(3);
    private final LongAdder failures = new LongAdder();
    private final List<Thread> threads = new ArrayList<>();
    private final long start = System.nanoTime();
    private final AtomicLong left;
    private volatile boolean running = true;

    /// One call; what it throws counts as a failure.
    interface Call {
        void run() throws Exception;
    }

    private Load(long calls) {
        left = new AtomicLong(calls);
    }

    /// Until it is stopped.
    static Load start(int inFlight, Call call) {
        return start(inFlight, Long.MAX_VALUE, call);
    }

    /// @param calls at most so many
    static Load start(int inFlight, long calls, Call call) {
        Load load = new Load(calls);
        for (int i = 0; i < inFlight; i++) {
            load.threads.add(Thread.ofVirtual().start(() -> load.repeat(call)));
        }
        return load;
    }

    private void repeat(Call call) {
        while (running && left.getAndDecrement() > 0) {
            long before = System.nanoTime();
            try {
                call.run();
                latencies.recordValue((System.nanoTime() - before) / 1_000);
            } catch (Exception failed) {
                failures.increment();
            }
        }
    }

    /// Waits until all calls were made.
    Load await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        return this;
    }

    /// Stops it and says what it was like: calls a second and latencies in milliseconds.
    String finish() throws InterruptedException {
        double seconds = (System.nanoTime() - start) / 1e9;
        close();
        return "%8.0f/s  p50 %7.2f  p99 %7.2f  max %7.2f ms  (%d calls, %d failed)"
                .formatted(
                        latencies.getTotalCount() / seconds,
                        latencies.getValueAtPercentile(50) / 1e3,
                        latencies.getValueAtPercentile(99) / 1e3,
                        latencies.getMaxValue() / 1e3,
                        latencies.getTotalCount(),
                        failures.sum());
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        await();
    }
}
