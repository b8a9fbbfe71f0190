package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.messages.MessageId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// How long after its acknowledgement a message is found by search, without `Parley-After`: each of a few people says
/// something with a word of its own, looks for it every 20 ms until it is there, and pauses.
///
/// Options: `--people`, `--messages` of all of them.
final class IndexLag implements Benchmark {

    private static final int POLL_MILLIS = 20;
    private static final int PAUSE_MILLIS = 500;
    private static final long GIVE_UP_NANOS = 30_000_000_000L;

    @Override
    public void run(Options options) throws Exception {
        Client nobody = Client.nobody(options.server());
        Histogram millis = new ConcurrentHistogram(3);
        AtomicInteger missing = new AtomicInteger();
        int people = options.number("people", 4);
        int each = options.number("messages", 400) / people;
        Thread[] threads = new Thread[people];
        for (int i = 0; i < people; i++) {
            Person person = Person.register(nobody);
            UUID conversation = person.startDirect(Person.register(nobody));
            threads[i] = Thread.ofVirtual().start(() -> talk(person.http(), conversation, each, millis, missing));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "  %d messages: p50 %d  p99 %d  max %d ms from acknowledged to found (%d never)%n",
                millis.getTotalCount(),
                millis.getValueAtPercentile(50),
                millis.getValueAtPercentile(99),
                millis.getMaxValue(),
                missing.get());
    }

    private static void talk(Client person, UUID conversation, int times, Histogram millis, AtomicInteger missing) {
        try {
            for (int i = 0; i < times; i++) {
                String word = "w" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
                String id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID())
                        .toString();
                person.call(
                        "POST",
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("id", id, "body", "the word is " + word));
                long waited = found(person, word);
                if (waited < 0) {
                    missing.incrementAndGet();
                } else {
                    millis.recordValue(waited / 1_000_000);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// @return nanoseconds until it was found, -1 if it was not
    private static long found(Client person, String word) throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < GIVE_UP_NANOS) {
            if (person.call("GET", "/api/v1/search?q=%22" + word + "%22", null)
                            .path("total")
                            .asInt()
                    > 0) {
                return System.nanoTime() - start;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return -1;
    }
}
