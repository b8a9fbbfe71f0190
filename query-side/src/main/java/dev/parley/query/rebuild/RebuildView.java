package dev.parley.query.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rebuild as operators see it.
///
/// @param state `filling`, `verifying`, `done`, `failed` or `cancelled`
/// @param position the last fact in it, -1 before the first
/// @param done the part of all facts, from 0 to 1
/// @param rate facts a second
/// @param timeLeftSeconds until all facts are in it, those that are written meanwhile too; absent while
///     that cannot be told
/// @param fallingBehind whether facts are written faster than it takes them in: it goes on, and cannot
///     end before they are fewer
/// @param checked conversations, or the like, compared with the log
/// @param differing the first of those that are not as the log says; then it was refused
/// @param error why it failed or waits
/// @param node who works on it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildView(
        int generation,
        String state,
        long position,
        double done,
        double rate,
        @Nullable Long timeLeftSeconds,
        boolean fallingBehind,
        long checked,
        List<String> differing,
        @Nullable String error,
        @Nullable String node,
        Instant startedAt,
        Instant changedAt) {

    static RebuildView of(Rebuild rebuild, long head) {
        boolean active = rebuild.state().isActive();
        long left = Math.max(0, head - rebuild.position());
        return new RebuildView(
                rebuild.generation(),
                rebuild.state().text(),
                rebuild.position(),
                head < 0 || rebuild.position() >= head ? 1 : (rebuild.position() + 1.0) / (head + 1.0),
                Math.round(rebuild.rate() * 10) / 10.0,
                active && rebuild.closing() > 0 ? (Long) (long) Math.ceil(left / rebuild.closing()) : null,
                active && rebuild.rate() > 0 && rebuild.closing() <= 0 && left > Rebuilding.CLOSE,
                rebuild.verification().checked(),
                rebuild.verification().differing(),
                rebuild.error(),
                rebuild.node(),
                rebuild.startedAt(),
                rebuild.changedAt());
    }
}
