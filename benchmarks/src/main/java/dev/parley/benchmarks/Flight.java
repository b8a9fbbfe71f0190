package dev.parley.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Asynchronous calls, always the same number of them in flight: each answer starts the next call of its slot, without
/// a
/// thread that waits. For what is too quick to be measured by [Load].
final class Flight {

    private final Histogram latencies = new ConcurrentHistogram(3);
    private final LongAdder failures = new LongAdder();
    private final int inFlight;
    private final IntFunction<CompletableFuture<?>> call;
    private final CountDownLatch landed;
    private volatile boolean running = true;

    /// What a flight was like.
    ///
    /// @param latencies in microseconds, of the calls that succeeded
    record Figures(Histogram latencies, long failures, double seconds) {

        double perSecond() {
            return latencies.getTotalCount() / seconds;
        }

        double millisAt(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e3;
        }
    }

    private Flight(int inFlight, IntFunction<CompletableFuture<?>> call) {
        this.inFlight = inFlight;
        this.call = call;
        landed = new CountDownLatch(inFlight);
    }

    /// Calls for so long, and waits for the last answers.
    ///
    /// @param call takes the number of its slot, from 0; a slot has one call at a time
    static Figures fly(int inFlight, int seconds, IntFunction<CompletableFuture<?>> call) throws InterruptedException {
        Flight flight = new Flight(inFlight, call);
        long start = System.nanoTime();
        for (int slot = 0; slot < inFlight; slot++) {
            flight.next(slot);
        }
        Thread.sleep(seconds * 1_000L);
        flight.running = false;
        flight.landed.await();
        return new Figures(flight.latencies, flight.failures.sum(), (System.nanoTime() - start) / 1e9);
    }

    private void next(int slot) {
        if (!running) {
            landed.countDown();
            return;
        }
        long before = System.nanoTime();
        call.apply(slot).whenComplete((answer, failure) -> {
            if (failure == null) {
                latencies.recordValue((System.nanoTime() - before) / 1_000);
            } else {
                failures.increment();
            }
            next(slot);
        });
    }
}
