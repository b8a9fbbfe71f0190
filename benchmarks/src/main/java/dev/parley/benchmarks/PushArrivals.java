package dev.parley.benchmarks;

import dev.parley.notifications.testing.PushSink.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What rang at the push service since it was last forgotten; those that only wake an app are counted apart.
/// Thread-safe.
final class PushArrivals {

    private static final long POLL_MILLIS = 50;

    private final List<Arrival> all = new ArrayList<>();

    private int background;

    synchronized void add(Arrival arrival) {
        if (arrival.shown()) {
            all.add(arrival);
        } else {
            background++;
        }
    }

    synchronized void forget() {
        all.clear();
        background = 0;
    }

    synchronized int background() {
        return background;
    }

    synchronized int count() {
        return all.size();
    }

    /// In the order of arrival.
    synchronized List<Arrival> all() {
        return List.copyOf(all);
    }

    Set<UUID> ids() {
        Set<UUID> ids = new HashSet<>();
        all().forEach(arrival -> ids.add(arrival.id()));
        return ids;
    }

    /// When a message first rang, of [System#nanoTime], by message.
    Map<UUID, Long> rings() {
        Map<UUID, Long> rings = new HashMap<>();
        for (Arrival arrival : all()) {
            if (arrival.message() != null) {
                rings.putIfAbsent(arrival.message(), arrival.nanos());
            }
        }
        return rings;
    }

    /// Waits until all of these messages have rung.
    ///
    /// @return how many did not in time
    long await(Set<UUID> messages, int seconds) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (true) {
            long missing = messages.size();
            if (count() >= missing) {
                Set<UUID> rung = rings().keySet();
                missing = messages.stream()
                        .filter(message -> !rung.contains(message))
                        .count();
            }
            if (missing == 0 || System.nanoTime() > end) {
                return missing;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
