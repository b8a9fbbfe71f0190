package dev.parley.notifications.alarm;

import dev.parley.notifications.LogField;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.NotificationsProperties.Alarm;
import dev.parley.notifications.device.Platform;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Looks now and then whether pushes are late or fail, on this node. Raising is one WARN, the end of it
/// one INFO; the gauge `parley.notifications.alarms` says how many are raised. Thread-safe.
@Component
public class Alarms {

    private static final Logger log = LoggerFactory.getLogger(Alarms.class);

    private final MeterRegistry registry;
    private final ProviderAlarms providers;
    private final Alarm settings;
    private final Clock clock;
    private final List<FailureShare> shares;
    private volatile List<RaisedAlarm> raised = List.of();

    Alarms(MeterRegistry registry, ProviderAlarms providers, NotificationsProperties properties, Clock clock) {
        this.registry = registry;
        this.providers = providers;
        this.settings = properties.alarm();
        this.clock = clock;
        this.shares = Arrays.stream(Platform.values())
                .map(platform -> new FailureShare(registry, platform, settings))
                .toList();
        Gauge.builder("parley.notifications.alarms", () -> raised.size()).register(registry);
    }

    /// What is wrong now, empty where nothing is.
    public List<RaisedAlarm> raised() {
        return raised;
    }

    /// Looks once.
    synchronized void look() {
        Instant now = clock.instant();
        List<RaisedAlarm> found = new ArrayList<>(providers.raised());
        RaisedAlarm oldest = oldest();
        if (oldest != null) {
            found.add(oldest);
        }
        for (FailureShare share : shares) {
            RaisedAlarm failing = share.at(now);
            if (failing != null) {
                found.add(failing);
            }
        }
        tell(found);
        raised = List.copyOf(found);
    }

    private @Nullable RaisedAlarm oldest() {
        Gauge gauge = registry.find("parley.notifications.outbox.oldest.age").gauge();
        double seconds = gauge == null ? 0 : gauge.value();
        if (seconds * 1_000 <= settings.oldestDue().toMillis()) {
            return null;
        }
        return new RaisedAlarm(
                "oldest-due",
                "all",
                String.format(
                        Locale.ROOT,
                        "A push has waited for %.0f s; at most %s is usual",
                        seconds,
                        settings.oldestDue()));
    }

    private void tell(List<RaisedAlarm> found) {
        for (RaisedAlarm alarm : found) {
            if (raised.stream().noneMatch(alarm::sameAs)) {
                log.atWarn()
                        .addKeyValue(LogField.ALARM, alarm.alarm())
                        .addKeyValue(LogField.PLATFORM, alarm.platform())
                        .log("Alarm about pushes: {}", alarm.detail());
            }
        }
        for (RaisedAlarm alarm : raised) {
            if (found.stream().noneMatch(alarm::sameAs)) {
                log.atInfo()
                        .addKeyValue(LogField.ALARM, alarm.alarm())
                        .addKeyValue(LogField.PLATFORM, alarm.platform())
                        .log("An alarm about pushes is over");
            }
        }
    }
}
