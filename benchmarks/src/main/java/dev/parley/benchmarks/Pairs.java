package dev.parley.benchmarks;

import dev.parley.client.ParleyClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// So many senders with a receiver and a direct conversation each, all connected.
final class Pairs {

    private static final Executor AFTER_FAILURE = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final List<Pair> pairs = new ArrayList<>();
    private final Deliveries deliveries = new Deliveries();
    private long expected;

    private record Pair(ParleyClient sender, UUID conversation) {}

    /// What a while of talking was like.
    ///
    /// @param sends accepted
    /// @param received latencies at the receivers, in microseconds
    /// @param missing of all that were ever accepted, after 10 s more
    record Talk(Flight.Figures sends, Histogram received, double receivedPerSecond, long missing) {}

    private Pairs() {}

    static Pairs connect(Devices devices, Client nobody, int count) throws Exception {
        Pairs connected = new Pairs();
        List<Person> people = Person.register(nobody, 2 * count);
        for (int i = 0; i < 2 * count; i += 2) {
            UUID conversation = people.get(i).startDirect(people.get(i + 1));
            ParleyClient sender = devices.connect(people.get(i), "sender", event -> {});
            devices.connect(people.get(i + 1), "receiver", connected.deliveries::received);
            connected.pairs.add(new Pair(sender, conversation));
        }
        devices.await();
        return connected;
    }

    /// @param inFlight sends without an answer, of each sender
    Talk talk(int inFlight, int seconds) throws InterruptedException {
        deliveries.latencies();
        long before = deliveries.count();
        Flight.Figures sends =
                Flight.fly(pairs.size() * inFlight, seconds, slot -> send(pairs.get(slot % pairs.size())));
        double perSecond = (deliveries.count() - before) / sends.seconds();
        expected += sends.latencies().getTotalCount();
        long missing = deliveries.awaitCount(expected);
        return new Talk(sends, deliveries.latencies(), perSecond, missing);
    }

    /// Fails with a pause, so that a client that is no good does not keep a processor busy.
    private static CompletableFuture<?> send(Pair pair) {
        return pair.sender()
                .send(pair.conversation(), Deliveries.body())
                .exceptionallyComposeAsync(CompletableFuture::failedFuture, AFTER_FAILURE);
    }
}
