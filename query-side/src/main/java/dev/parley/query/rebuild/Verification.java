package dev.parley.query.rebuild;

import java.util.List;
import java.util.stream.Stream;

/// A comparison of a generation with the log.
///
/// @param checked conversations, or what else the projection is about
/// @param differing the first of those that differ, at most [#SHOWN]; empty if it is as the log says
public record Verification(long checked, List<String> differing) {

    /// Differences told at most.
    public static final int SHOWN = 20;

    public boolean isGood() {
        return differing.isEmpty();
    }

    /// With the differences of another comparison of the same.
    public Verification and(Verification other) {
        return new Verification(
                Math.max(checked, other.checked),
                Stream.concat(differing.stream(), other.differing.stream())
                        .distinct()
                        .limit(SHOWN)
                        .toList());
    }
}
