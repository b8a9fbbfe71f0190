package dev.parley.app.archive;

import dev.parley.messages.MessageId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// Names the messages of one archive so that every reading of the file makes the same ids.
///
/// The time in an id is the message's own, moved on by as many milliseconds as it takes to be above the id before: the
/// messages of one minute count up from it, and a time that goes backwards stays just above the last one. The random
/// part comes from the archive's name and the line's number. Not thread-safe.
final class RisingIds {

    private final String archive;
    private long last = -1;

    RisingIds(String archive) {
        this.archive = archive;
    }

    /// @param at from 1970 on
    MessageId next(long line, Instant at) {
        last = Math.max(at.toEpochMilli(), last + 1);
        byte[] name = (archive + '\n' + line).getBytes(StandardCharsets.UTF_8);
        return MessageId.at(last, UUID.nameUUIDFromBytes(name));
    }
}
