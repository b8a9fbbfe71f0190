package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.client.ParleyClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether a large conversation gets in the way of small ones: pairs chat while a conversation, all of whose members
/// are connected, is silent, and while somebody says something in it so many times a second.
///
/// Options: `--members`, `--rate` of messages to them a second, `--pairs`, `--in-flight` of each pair, `--seconds` of
/// each step, `--rounds` after a first one to warm up, `--gateway` as a list.
final class Crowd implements Benchmark {

    @Override
    public void run(Options options) throws Exception {
        int members = options.number("members", 5_000);
        int rate = options.number("rate", 1);
        int inFlight = options.number("in-flight", 1);
        int seconds = options.number("seconds", 20);
        Client nobody = Client.nobody(options.server());
        try (Devices devices = new Devices(options.gateways())) {
            Hall hall = Hall.open(devices, Person.register(nobody, members));
            Pairs pairs = Pairs.connect(devices, nobody, options.number("pairs", 10));
            for (int round = 0; round <= options.number("rounds", 3); round++) {
                System.out.println(round == 0 ? "warm-up" : "round " + round);
                print("pairs, crowd silent", pairs.talk(inFlight, seconds));
                try (Hall.Speech speech = hall.speak(rate)) {
                    print("pairs, crowd spoken to", pairs.talk(inFlight, seconds));
                    System.out.println(speech.finish());
                }
                System.out.printf("    so far %s%n", devices.faults());
            }
        }
    }

    private static void print(String what, Pairs.Talk talk) {
        System.out.printf(
                "  %-24s %6.0f received/s  %s  (%d failed, %d missing)%n",
                what,
                talk.receivedPerSecond(),
                Deliveries.percentiles(talk.received()),
                talk.sends().failures(),
                talk.missing());
    }

    /// A conversation with all of its members connected.
    private record Hall(ParleyClient speaker, UUID conversation, int members, Deliveries deliveries) {

        static Hall open(Devices devices, List<Person> people) throws Exception {
            Deliveries deliveries = new Deliveries();
            UUID conversation = people.getFirst().startGroup(people.subList(1, people.size()));
            ParleyClient speaker = devices.connect(people.getFirst(), "crowd", deliveries::received);
            for (Person person : people.subList(1, people.size())) {
                devices.connect(person, "crowd", deliveries::received);
            }
            devices.await();
            System.out.printf("%d members are connected%n", people.size());
            return new Hall(speaker, conversation, people.size(), deliveries);
        }

        Speech speak(int rate) {
            return new Speech(this, rate);
        }

        /// Messages at a steady rate.
        static final class Speech implements AutoCloseable {

            private final Hall hall;
            private final long before;
            private final AtomicInteger said = new AtomicInteger();
            private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

            Speech(Hall hall, int rate) {
                this.hall = hall;
                before = hall.deliveries.count();
                hall.deliveries.latencies();
                timer.scheduleAtFixedRate(this::say, 0, 1_000_000 / rate, TimeUnit.MICROSECONDS);
            }

            private void say() {
                said.incrementAndGet();
                var _ = hall.speaker.send(hall.conversation, Deliveries.body());
            }

            /// Says no more, and waits until all have everything.
            String finish() throws InterruptedException {
                close();
                timer.awaitTermination(1, TimeUnit.SECONDS);
                long missing = hall.deliveries.awaitCount(before + (long) said.get() * hall.members);
                return "  %-24s %6d messages to %d  %s  (%d deliveries missing)"
                        .formatted(
                                "the crowd",
                                said.get(),
                                hall.members,
                                Deliveries.percentiles(hall.deliveries.latencies()),
                                missing);
            }

            @Override
            public void close() {
                timer.shutdown();
            }
        }
    }
}
