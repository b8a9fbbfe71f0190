package dev.parley.query.operations;

import dev.parley.query.operations.FailureNotes.Failure;
import dev.parley.query.operations.ProjectionsController.Failing;
import dev.parley.query.operations.ProjectionsController.Projection;
import dev.parley.query.operations.ProjectionsController.Projections;
import dev.parley.query.operations.ProjectionsController.Segment;
import dev.parley.query.operations.ProjectionsController.State;
import dev.parley.query.rebuild.RebuildView;
import dev.parley.query.rebuild.RebuildViews;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts together what is known of every processor: its tokens, failures, pauses and rebuilds.
@Component
class ProjectionStates {

    private final Tokens tokens;
    private final Lag lag;
    private final Paces paces;
    private final FailureNotes failures;
    private final Extras extras;

    /// What only projections of query-side have.
    @Component
    record Extras(Pauses pauses, RebuildViews rebuilds) {}

    ProjectionStates(Tokens tokens, Lag lag, Paces paces, FailureNotes failures, Extras extras) {
        this.tokens = tokens;
        this.lag = lag;
        this.paces = paces;
        this.failures = failures;
        this.extras = extras;
    }

    Projections now() {
        Map<String, List<Tokens.Segment>> all = tokens.all();
        long head = lag.head();
        Set<String> paused = extras.pauses().paused();
        List<Failure> failed = failures.all();
        Map<String, RebuildView> rebuilds = extras.rebuilds().all(head);
        return new Projections(
                head,
                all.entrySet().stream()
                        .map(processor -> {
                            String name = processor.getKey();
                            long position = Tokens.position(processor.getValue());
                            Failing error = failing(name, position, failed);
                            return new Projection(
                                    name,
                                    paused.contains(name)
                                            ? State.PAUSED
                                            : error == null ? State.RUNNING : State.FAILING,
                                    position,
                                    Math.max(0, head - position),
                                    seconds(position, head),
                                    Math.round(paces.of(name, position) * 10) / 10.0,
                                    error,
                                    segments(processor.getValue()),
                                    extras.rebuilds().isRebuildable(name),
                                    extras.rebuilds().outdated(name),
                                    rebuilds.get(name));
                        })
                        .toList());
    }

    private static @Nullable Failing failing(String name, long position, List<Failure> failed) {
        return failed.stream()
                .filter(failure -> failure.processor().equals(name) && position < failure.position())
                .max(Comparator.comparing(Failure::at))
                .map(failure -> new Failing(
                        failure.cause(), failure.node(), failure.attempts(), failure.at(), failure.nextRetry()))
                .orElse(null);
    }

    private @Nullable Double seconds(long position, long head) {
        if (position >= head) {
            return 0.0;
        }
        Duration since = lag.since(position);
        return since == null ? null : since.toMillis() / 1000.0;
    }

    private static List<Segment> segments(List<Tokens.Segment> segments) {
        return segments.stream()
                .map(segment -> new Segment(segment.segment(), segment.position(), segment.node()))
                .toList();
    }
}
