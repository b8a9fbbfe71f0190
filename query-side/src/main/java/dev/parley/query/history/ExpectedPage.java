package dev.parley.query.history;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/// What is expected at 256 places of a conversation, one after the other: for each two hashes, of what stays of a
/// message and of what changes. Both are 0 where no message is.
///
/// ```
/// 0         8         16
/// +---------+---------+---------+---------+--
/// | stays   | changes | stays   | changes | …      big-endian, cut off after the last message
/// +---------+---------+---------+---------+--
/// ```
final class ExpectedPage {

    static final int SLOTS = 256;
    private static final int BYTES = 16;

    private int messages;
    private byte[] slots;

    /// @param number seqs from 256 times this
    record Key(UUID conversation, long number) {

        /// Before all others.
        static final Key FIRST = new Key(new UUID(0, 0), -1);
    }

    ExpectedPage() {
        this(0, new byte[0]);
    }

    ExpectedPage(int messages, byte[] slots) {
        this.messages = messages;
        this.slots = slots;
    }

    int messages() {
        return messages;
    }

    byte[] bytes() {
        return slots;
    }

    void said(long seq, long stays, long changes) {
        int at = at(seq);
        if (slots.length < at + BYTES) {
            slots = Arrays.copyOf(slots, at + BYTES);
        }
        messages += stays(seq) == 0 ? 1 : 0;
        ByteBuffer.wrap(slots).putLong(at, stays).putLong(at + 8, changes);
    }

    /// Nothing that was not said can be, and nothing that was deleted.
    void edited(long seq, long changes) {
        if (stays(seq) != 0 && !MessageHash.isDeleted(changes(seq))) {
            ByteBuffer.wrap(slots).putLong(at(seq) + 8, changes);
        }
    }

    void deleted(long seq, long changes) {
        edited(seq, changes);
    }

    long stays(long seq) {
        return at(seq) + BYTES <= slots.length ? ByteBuffer.wrap(slots).getLong(at(seq)) : 0;
    }

    long changes(long seq) {
        return at(seq) + BYTES <= slots.length ? ByteBuffer.wrap(slots).getLong(at(seq) + 8) : 0;
    }

    private static int at(long seq) {
        return (int) (seq % SLOTS) * BYTES;
    }
}
