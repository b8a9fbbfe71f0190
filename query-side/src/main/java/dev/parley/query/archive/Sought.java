package dev.parley.query.archive;

import dev.parley.messages.archive.ArchiveFilters;
import org.jspecify.annotations.Nullable;

/// What an analyst looks for.
///
/// @param q as typed; null where all messages are meant
record Sought(@Nullable String q, ArchiveFilters filters) {}
