package dev.parley.command.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `parley.command-side.refusals`: requests that a limit refused.
final class LimitMeters {

    private LimitMeters() {}

    static Counter refusals(MeterRegistry meters, String limit) {
        return meters.counter("parley.command-side.refusals", "limit", limit);
    }
}
