package dev.parley.verify;

import java.util.Optional;

/// @param finding nothing if the export is what the checkpoints say
/// @param events that are covered by them and were found to be good
/// @param checkpoints that were looked at
/// @param before events before the first checkpoint's range, which were passed over
/// @param after events beyond the last checkpoint, about which nothing is known
record Result(Optional<Finding> finding, long events, long checkpoints, long before, long after) {}
