package dev.parley.delivery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.deletion.Deletions;
import dev.parley.delivery.gateway.Step.Plain;
import dev.parley.delivery.log.Bearing;
import dev.parley.delivery.log.EventEncoder;
import dev.parley.delivery.log.EventRing;
import dev.parley.delivery.log.LogEntry;
import dev.parley.delivery.membership.Memberships;
import dev.parley.messages.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

/// Every interleaving of appending, tailing, projecting, greeting, sending and acknowledging gives each device exactly
/// what a fold over the log says. `-Dseed=` replays a run.
class FeedOracleTest {

    private static final int RUNS = 200;

    private final EventEncoder encoder = new EventEncoder(new SimpleMeterRegistry());
    private Random random;
    private ModelLog log;
    private EventRing ring;
    private Fanout fanout;
    private Deletions deletions;
    private LiveEvents live;
    private History history;
    private ModelMemberships memberships;
    private long tailed;
    private final List<Device> devices = new ArrayList<>();

    @Test
    void everyDeviceGetsWhatTheFoldSays() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FeedOracleTest -Dseed=" + seed);
        for (int run = 0; run < RUNS; run++) {
            random = new Random(seed + run);
            run();
        }
    }

    private void run() {
        log = new ModelLog(random, 1 + random.nextInt(6));
        devices.clear();
        append(random.nextInt(60));
        tailed = log.head() - random.nextInt((int) log.head() + 2);
        ring = new EventRing(1 + random.nextInt(24), random.nextBoolean() ? 1_500 : 1 << 20);
        fanout = new Fanout(ring, new CrowdLane(Runnable::run));
        memberships = new ModelMemberships();
        deletions = new Deletions(memberships, 1 + random.nextInt(4), 1 + random.nextInt(4));
        history = new History(encoder, deletions);
        live = new LiveEvents(encoder, deletions, fanout);
        live.startAfter(tailed);
        int steps = 300 + random.nextInt(300);
        for (int i = 0; i < steps; i++) {
            act();
        }
        settle();
    }

    private void act() {
        switch (random.nextInt(10)) {
            case 0, 1 -> append(1 + random.nextInt(3));
            case 2, 3 -> tail(1 + random.nextInt(4));
            case 4 -> project();
            case 5 -> {
                if (devices.size() < 12) {
                    devices.add(new Device());
                }
            }
            default -> {
                if (!devices.isEmpty()) {
                    devices.get(random.nextInt(devices.size())).act();
                }
            }
        }
    }

    private void settle() {
        tail(Integer.MAX_VALUE);
        memberships.project(log, log.head());
        memberships.token = log.head();
        for (Device device : devices) {
            while (device.step()) {
                device.check();
            }
            List<Long> owed = log.visible(device.account, device.from, log.head());
            assertThat(device.received).isEqualTo(owed);
            assertThat(device.caughtUp).isNotNull();
            assertThat(device.feed.settled(fanout.fannedOut())).isEqualTo(Math.max(device.from, log.head()));
        }
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            log.append();
        }
    }

    private void tail(int count) {
        for (int i = 0; i < count && tailed < log.head(); i++) {
            tailed++;
            live.event(tailed, log.messages.get((int) tailed));
        }
    }

    /// The rows first, the token later: they are at most as far as the log.
    private void project() {
        memberships.project(log, memberships.applied + random.nextInt((int) (log.head() - memberships.applied) + 1));
        memberships.token += random.nextInt((int) (memberships.applied - memberships.token) + 1);
    }

    private final class Device implements Fanout.LiveSession {
        final AccountId account = log.accounts.get(random.nextInt(log.accounts.size()));
        final long from = random.nextInt((int) log.head() + 2) - 1L;
        final int window = 1 + random.nextInt(8);
        final List<Long> received = new ArrayList<>();
        final Feed feed;
        Long caughtUp;
        private int acked;

        Device() {
            long start = Feed.start(from, memberships.position(), fanout.fannedOut());
            project(); // the rows may be newer than the position read before them
            feed = new Feed(ring, new Memberships(account, memberships.stretches(account, start)), start, from, window);
        }

        void act() {
            switch (random.nextInt(6)) {
                case 0 -> ack(acked + random.nextInt(received.size() - acked + 1));
                case 1 -> {
                    if (random.nextInt(8) == 0) {
                        fanout.stopLive(this);
                    }
                }
                default -> perform(feed.next(), random.nextInt(10));
            }
            check();
        }

        /// Goes on until there is nothing to do.
        boolean step() {
            ack(received.size());
            Step step = feed.next();
            perform(step, Integer.MAX_VALUE);
            return step != Plain.WAIT;
        }

        void perform(Step step, int patience) {
            switch (step) {
                case Step.Send send -> receive(send.entry());
                case Step.CaughtUp reached -> {
                    assertThat(caughtUp).isNull();
                    caughtUp = reached.position();
                    assertThat(received).isEqualTo(log.visible(account, from, Math.min(caughtUp, log.head())));
                }
                case Plain.AT_HEAD -> perform(fanout.goLive(this), patience);
                case Plain.CATCH_UP -> catchUp(patience);
                case Plain.FALLEN_BEHIND -> fanout.stopLive(this);
                case Plain.WAIT, Plain.AGAIN -> {}
            }
        }

        private void catchUp(int patience) {
            for (int i = 0; i < patience && !feed.isInRing() && !feed.isWindowFull(); i++) {
                TrackedEventMessage<?> message = log.messages.get((int) feed.cursor() + 1);
                LogEntry entry;
                try {
                    entry = history.entry(feed, message);
                } catch (IllegalStateException e) {
                    assertThat(memberships.token).isLessThan(fanout.fannedOut());
                    return; // the projection is behind: it comes again
                }
                if (feed.pass(feed.cursor() + 1, entry)) {
                    receive(entry);
                } else if (entry != null) {
                    assertThat(entry.change())
                            .as("nothing else is encoded in vain")
                            .isNotNull();
                    assertThat(entry.change().concerns(account)).isTrue();
                }
            }
        }

        private void receive(LogEntry entry) {
            received.add(entry.position());
            Long deletion = log.deletion(entry.position());
            boolean hidden = entry.frame().contains("\"deleted\":true");
            if (deletion == null) {
                assertThat(hidden).isFalse();
            } else if (deletion <= fanout.fannedOut()) {
                assertThat(hidden)
                        .as("what was said is not shown once this node knows")
                        .isTrue();
            }
            assertThat(entry.frame().contains(ModelLog.SECRET))
                    .isEqualTo(entry.bearing() instanceof Bearing.Content && !hidden);
        }

        private void ack(int upTo) {
            if (upTo > acked) {
                acked = upTo;
                assertThat(feed.ack(received.get(upTo - 1))).isTrue();
            }
        }

        void check() {
            assertThat(received.size() - acked).isLessThanOrEqualTo(window);
            List<Long> owed = log.visible(account, from, log.head());
            assertThat(received).isEqualTo(owed.subList(0, received.size()));
        }

        @Override
        public Feed feed() {
            return feed;
        }

        @Override
        public void wake() {}

        @Override
        public void signal(String frame) {}
    }
}
