package dev.parley.query.rebuild;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `query_side.rebuild`.
///
/// @param position the last fact that is in the generation, -1 before the first
/// @param rate facts a second, lately
/// @param closing facts a second by which it comes closer to the head, lately; negative while it falls behind
/// @param node who works on it; null while nobody does
record Rebuild(
        String projection,
        int generation,
        RebuildState state,
        String shape,
        long position,
        double rate,
        double closing,
        Verification verification,
        @Nullable String error,
        @Nullable String node,
        Instant startedAt,
        Instant changedAt) {}
