package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.client.Draft;
import dev.parley.client.ParleyClient;
import dev.parley.messages.MessageId;
import dev.parley.notifications.testing.PushSink.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// How many pushes a second are sustained: messages are stored while no node has the role of notifications, then
/// Parley starts with it, reads them, writes the rows that are owed and sends them. The time is from the first arrival
/// to the last one. Each row must arrive exactly once, under its own id.
///
/// Rows that were added are those of PostgreSQL's statistics, which are up to a second behind.
final class OwedPushes {

    private static final long POLL_MILLIS = 100;
    private static final long GIVE_UP_MILLIS = 60_000;
    private static final long REPEATS_MILLIS = 3_000;
    private static final String STORING = "axonserver,command-side,query-side,delivery";
    private static final String TEXT = "the quick brown fox jumps over the lazy dog";

    private final OwnParley parley;
    private final PushAudience audience;
    private final PushArrivals arrivals;
    private final String roles;
    private final int messages;

    /// @param options `--messages` to each device, `--roles` of the node that pushes
    OwedPushes(OwnParley parley, PushAudience audience, PushArrivals arrivals, Options options) {
        this.parley = parley;
        this.audience = audience;
        this.arrivals = arrivals;
        this.roles = options.text("roles", OwnParley.ALL);
        this.messages = options.number("messages", 200);
    }

    /// @param nanos of [System#nanoTime]
    /// @param rows added since the start of the round
    private record Sample(long nanos, long rows) {}

    /// Parley is stopped before and after.
    void round() throws Exception {
        int owed = audience.devices() * messages;
        parley.start(STORING);
        long before = System.nanoTime();
        Set<UUID> stored = store();
        System.out.printf(
                "  %,d messages stored in %.1f s, %,d pushes owed%n",
                stored.size(), (System.nanoTime() - before) / 1e9, owed);
        parley.stop();
        arrivals.forget();
        long added = rowsAdded();
        parley.launch(roles);
        List<Sample> samples = new ArrayList<>();
        String cpu = push(owed, added, samples);
        Thread.sleep(REPEATS_MILLIS);
        print(owed, samples, cpu);
        System.out.println("  " + exactlyOnce(stored, owed));
        parley.stop();
    }

    private Set<UUID> store() throws Exception {
        Set<UUID> stored = new HashSet<>();
        try (Devices devices = new Devices(parley.gateways())) {
            List<ParleyClient> speakers = new ArrayList<>();
            for (PushAudience.Circle circle : audience.circles()) {
                speakers.add(devices.connect(circle.speaker(), "desk", event -> {}));
            }
            devices.await();
            List<CompletableFuture<?>> accepted = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                for (int circle = 0; circle < speakers.size(); circle++) {
                    UUID id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID())
                            .value();
                    stored.add(id);
                    accepted.add(speakers.get(circle)
                            .send(id, audience.circles().get(circle).conversation(), Draft.of(TEXT)));
                }
            }
            CompletableFuture.allOf(accepted.toArray(CompletableFuture[]::new)).join();
        }
        return stored;
    }

    /// Until as many have arrived, or nothing has for long.
    ///
    /// @return processor time of a push, counted from the first row
    private String push(int owed, long rowsBefore, List<Sample> samples) throws IOException, InterruptedException {
        CpuClock server = null;
        CpuClock database = null;
        CpuClock mock = null;
        long last = System.nanoTime();
        int seen = 0;
        long rows = 0;
        while (seen < owed && (System.nanoTime() - last) / 1_000_000 < GIVE_UP_MILLIS) {
            Thread.sleep(POLL_MILLIS);
            parley.requireAlive();
            long now = rowsAdded() - rowsBefore;
            int arrived = arrivals.count();
            if (server == null && (arrived > 0 || now > 0)) {
                server = parley.cpuClock();
                database = parley.databaseClock();
                mock = new CpuClock(List.of(ProcessHandle.current()));
            }
            if (arrived > seen || now > rows) {
                last = System.nanoTime();
            }
            seen = arrived;
            rows = now;
            samples.add(new Sample(System.nanoTime(), rows));
        }
        if (server == null || database == null || mock == null || seen == 0) {
            return "nothing arrived";
        }
        return "a push: server %s, PostgreSQL %3.0f us, this process %3.0f us"
                .formatted(server.perOperation(seen), database.treeNanos() / 1e3 / seen, mock.jvmNanos() / 1e3 / seen);
    }

    private long rowsAdded() {
        return parley.database().sql("""
                        select coalesce(sum(n_tup_ins), 0) from pg_stat_user_tables
                        where schemaname = 'notifications' and relname = 'outbox'""").query(Long.class).single();
    }

    private void print(int owed, List<Sample> samples, String cpu) {
        List<Arrival> all = arrivals.all();
        int n = all.size();
        if (n > 1) {
            double seconds = (all.getLast().nanos() - all.getFirst().nanos()) / 1e9;
            double middle = (all.get(n - 1 - n / 10).nanos() - all.get(n / 10).nanos()) / 1e9;
            System.out.printf(
                    "  %,d of %,d arrived in %.1f s: %,.0f pushes/s, %,.0f/s without the first and last tenth%n",
                    n, owed, seconds, (n - 1) / seconds, (n - 1 - 2 * (n / 10)) / middle);
        }
        List<Sample> adding =
                samples.stream().filter(sample -> sample.rows() > 0).toList();
        if (!adding.isEmpty()) {
            Sample first = adding.getFirst();
            Sample full = adding.stream()
                    .filter(sample -> sample.rows() >= owed)
                    .findFirst()
                    .orElse(adding.getLast());
            double seconds = (full.nanos() - first.nanos()) / 1e9;
            String rate = full.equals(first)
                    ? "before the first look"
                    : "in %.1f s, %,.0f rows/s".formatted(seconds, (full.rows() - first.rows()) / seconds);
            System.out.printf("  %,d rows added %s%n", full.rows(), rate);
        }
        System.out.println("  " + cpu);
        if (arrivals.background() > 0) {
            System.out.printf("  %,d background pushes besides%n", arrivals.background());
        }
    }

    /// Compares what arrived with the rows of these messages.
    private String exactlyOnce(Set<UUID> stored, int owed) {
        UUID[] messages = stored.toArray(UUID[]::new);
        Set<UUID> rows = new HashSet<>(parley.database()
                .sql("select id from notifications.outbox where message = any (?)")
                .param(messages)
                .query(UUID.class)
                .list());
        long pairs = parley.database()
                .sql("select count(distinct (account, device, message)) from notifications.outbox"
                        + " where message = any (?)")
                .param(messages)
                .query(Long.class)
                .single();
        List<String> states = parley.database()
                .sql("select state || ' ' || count(*) from notifications.outbox where message = any (?)"
                        + " group by state order by state")
                .param(messages)
                .query(String.class)
                .list();
        Set<UUID> arrived = arrivals.ids();
        long repeats = arrivals.count() - arrived.size();
        long missing = rows.stream().filter(id -> !arrived.contains(id)).count();
        long unknown = arrived.stream().filter(id -> !rows.contains(id)).count();
        boolean once = rows.size() == owed && pairs == owed && repeats + missing + unknown == 0;
        return "each exactly once: %s (%,d rows, %,d pairs, %,d repeats, %,d missing, %,d unknown; states %s)"
                .formatted(once ? "yes" : "NO", rows.size(), pairs, repeats, missing, unknown, states);
    }
}
