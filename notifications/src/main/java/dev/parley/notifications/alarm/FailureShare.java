package dev.parley.notifications.alarm;

import dev.parley.notifications.NotificationsProperties.Alarm;
import dev.parley.notifications.device.Platform;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Of a platform's attempts on this node within the window, how many failed, from the counters that
/// Prometheus reads too. A token that is gone is no failure of the service. Used by one thread.
final class FailureShare {

    private final MeterRegistry registry;
    private final Platform platform;
    private final Alarm settings;
    private final Deque<Sample> samples = new ArrayDeque<>();

    FailureShare(MeterRegistry registry, Platform platform, Alarm settings) {
        this.registry = registry;
        this.platform = platform;
        this.settings = settings;
    }

    private record Sample(Instant at, double good, double failed) {}

    /// Takes a sample.
    ///
    /// @return null while the share is all right, or says nothing yet
    @Nullable
    RaisedAlarm at(Instant now) {
        Sample newest = sample(now);
        samples.addLast(newest);
        // The one before the window stays: the window begins with it.
        while (samples.size() > 2 && oldestButOne().at().isBefore(now.minus(settings.window()))) {
            samples.removeFirst();
        }
        Sample oldest = samples.getFirst();
        double failed = newest.failed() - oldest.failed();
        double all = failed + newest.good() - oldest.good();
        if (all < settings.fewest() || failed / all <= settings.failureShare()) {
            return null;
        }
        return new RaisedAlarm(
                "failures",
                platform.text(),
                String.format(
                        Locale.ROOT,
                        "%.0f of %.0f attempts failed within %s; at most %.0f %% should",
                        failed,
                        all,
                        settings.window(),
                        settings.failureShare() * 100));
    }

    private Sample oldestButOne() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }

    private Sample sample(Instant now) {
        double sent = sum(registry.find("parley.notifications.ended")
                .tags("platform", platform.text(), "state", "sent")
                .counters());
        double refused = sum(registry.find("parley.notifications.ended")
                .tags("platform", platform.text(), "state", "failed")
                .counters());
        double postponed = sum(registry.find("parley.notifications.postponed")
                .tags("platform", platform.text(), "attempted", "true")
                .counters());
        return new Sample(now, sent, refused + postponed);
    }

    private static double sum(Collection<Counter> counters) {
        return counters.stream().mapToDouble(Counter::count).sum();
    }
}
