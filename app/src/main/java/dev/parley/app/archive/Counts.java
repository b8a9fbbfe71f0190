package dev.parley.app.archive;

import java.util.Locale;

/// Messages of the conversation, counted by the server in three places.
///
/// @param events in the event store
/// @param stored in the inbox
/// @param indexed in Elasticsearch
record Counts(long events, long stored, long indexed) {

    /// Whether the readers of the event store have come to a count.
    boolean reached(long count) {
        return stored >= count && indexed >= count;
    }

    boolean agree(long inFile) {
        return events == inFile && stored == inFile && indexed == inFile;
    }

    String line(long inFile) {
        return String.format(
                Locale.ROOT,
                "file %,d / event store %,d / inbox %,d / Elasticsearch %,d: %s",
                inFile,
                events,
                stored,
                indexed,
                agree(inFile) ? "they agree" : "they do NOT agree");
    }
}
