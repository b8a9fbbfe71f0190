package dev.parley.notifications.explain;

import dev.parley.notifications.alarm.Alarms;
import dev.parley.notifications.explain.PushOverview.PushAlarm;
import dev.parley.notifications.explain.PushOverview.PushPairs;
import dev.parley.notifications.outbox.OutboxDepth;
import dev.parley.notifications.outbox.Tally;
import org.springframework.stereotype.Component;

/// Puts together how pushes are doing.
@Component
class OverviewSource {

    private final Tally tally;
    private final OutboxDepth depth;
    private final Providers providers;
    private final Alarms alarms;

    OverviewSource(Tally tally, OutboxDepth depth, Providers providers, Alarms alarms) {
        this.tally = tally;
        this.depth = depth;
        this.providers = providers;
        this.alarms = alarms;
    }

    PushOverview now() {
        Tally.Sums sums = tally.sums();
        return new PushOverview(
                sums.counts().stream()
                        .map(count -> new PushPairs(count.outcome(), count.reason(), count.pairs()))
                        .toList(),
                sums.due(),
                new PushOverview.WaitingRows(depth.due(), depth.claimed(), depth.oldestSeconds()),
                providers.list(),
                alarms.raised().stream()
                        .map(alarm -> new PushAlarm(alarm.alarm(), alarm.platform(), alarm.detail()))
                        .toList());
    }
}
