package dev.parley.axonserver.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

/// Where the node's meters go, so that the HTTP side can show them: into the given registry, and into one for
/// Prometheus, unless the given one is or holds such a registry.
public final class NodeMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final PrometheusMeterRegistry prometheus;
    private final boolean own;

    public NodeMetrics(MeterRegistry given) {
        PrometheusMeterRegistry there = find(given);
        own = there == null;
        if (there != null) {
            registry = given;
            prometheus = there;
            return;
        }
        prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(prometheus);
        new ProcessorMetrics().bindTo(prometheus);
        new UptimeMetrics().bindTo(prometheus);
        registry = given instanceof CompositeMeterRegistry all
                        && all.getRegistries().isEmpty()
                ? prometheus
                : new CompositeMeterRegistry().add(given).add(prometheus);
    }

    /// For the node's meters.
    public MeterRegistry registry() {
        return registry;
    }

    /// All meters, in Prometheus' text format.
    String scrape() {
        return prometheus.scrape();
    }

    @Override
    public void close() {
        if (own) {
            prometheus.close();
        }
    }

    private static @Nullable PrometheusMeterRegistry find(MeterRegistry registry) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            return prometheus;
        }
        if (registry instanceof CompositeMeterRegistry composite) {
            for (MeterRegistry part : composite.getRegistries()) {
                PrometheusMeterRegistry found = find(part);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
