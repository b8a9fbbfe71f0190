package dev.parley.notifications.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts what becomes of claimed rows on this node.
///
/// | meter | tags | what |
/// |---|---|---|
/// | `parley.notifications.ended` | `platform`, `state`, `reason` | rows that ended |
/// | `parley.notifications.postponed` | `platform`, `reason`, `attempted` | rows to be tried again; whether the service
/// was asked |
@Component
class OutboxMeters {

    private final MeterRegistry registry;

    OutboxMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Settlement settlement) {
        var registered = settlement.row().now().registered();
        String platform =
                registered == null ? "none" : registered.target().platform().text();
        switch (settlement) {
            case Settlement.Ended ended -> ended(platform, ended.state(), ended.reason());
            case Settlement.Sent sent -> ended(platform, RowState.SENT, sent.reason());
            case Settlement.Postponed postponed -> {
                String attempted = Boolean.toString(postponed.attempted());
                String[] tags = {"platform", platform, "reason", postponed.reason(), "attempted", attempted};
                registry.counter("parley.notifications.postponed", tags).increment();
            }
        }
    }

    private void ended(String platform, RowState state, String reason) {
        String[] tags = {"platform", platform, "state", state.text(), "reason", reason};
        registry.counter("parley.notifications.ended", tags).increment();
    }
}
