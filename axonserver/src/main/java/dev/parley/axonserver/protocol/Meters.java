package dev.parley.axonserver.protocol;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/// Makes the meters `parley.axonserver.*` of one context, which they carry as the tag `context`.
///
/// @param context name of the context
public record Meters(MeterRegistry registry, String context) {

    private static final String PREFIX = "parley.axonserver.";
    private static final String TAG = "context";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// @param name behind `parley.axonserver.`
    public Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tag(TAG, context)
                .register(registry);
    }

    /// @param subject kept for as long as it is reachable otherwise
    public <T> void gauge(String name, String description, T subject, ToDoubleFunction<T> value) {
        Gauge.builder(PREFIX + name, subject, value)
                .description(description)
                .tag(TAG, context)
                .register(registry);
    }

    public DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(PREFIX + name)
                .description(description)
                .tag(TAG, context)
                .register(registry);
    }

    /// A timer with the median and the 99th and 99.9th percentile.
    public Timer timer(String name, String description) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .tag(TAG, context)
                .publishPercentiles(0.5, 0.99, 0.999)
                .maximumExpectedValue(LONGEST)
                .register(registry);
    }
}
