package dev.parley.notifications.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How pushes are doing.
///
/// @param pairs what became of all eligible (device, message) pairs since the first start ever:
///     `eligible = delivered + every ended outcome + cleared + due`
/// @param due (device, message) pairs whose row has not ended
/// @param rows rows of every cause that have not ended
/// @param providers as this node sees them
/// @param alarms that are raised on this node, empty where nothing is wrong
record PushOverview(
        List<PushPairs> pairs, long due, WaitingRows rows, List<PushProvider> providers, List<PushAlarm> alarms) {

    /// @param outcome `eligible`, `delivered`, `cleared`, or the state that rows ended in
    /// @param reason empty for `eligible`
    record PushPairs(String outcome, String reason, long pairs) {}

    /// @param due wait for a worker
    /// @param claimed a worker holds them
    /// @param oldestSeconds how long the one that waits longest has waited; 0 where none does
    record WaitingRows(long due, long claimed, double oldestSeconds) {}

    /// @param state `no-credentials`, `ready`, `paused` or `misconfigured`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PushProvider(
            String platform, String state, @Nullable String reason) {}

    /// @param alarm its name, as in the metrics
    /// @param detail what was measured, and against what
    record PushAlarm(String alarm, String platform, String detail) {}
}
