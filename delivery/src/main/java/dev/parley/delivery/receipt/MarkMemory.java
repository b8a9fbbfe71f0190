package dev.parley.delivery.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.messages.member.MemberId;

/// What this node knows to be marked on disk, so that it is not marked again for each device and each reconnect. It
/// holds the members used last; one that it has forgotten costs a command that changes nothing. Thread-safe.
final class MarkMemory {

    private record Marks(long delivered, long read) {

        static final Marks NONE = new Marks(-1, -1);

        Marks with(Marks other) {
            return new Marks(Math.max(delivered, other.delivered), Math.max(read, other.read));
        }
    }

    private final Cache<MemberId, Marks> marks;

    /// @param most members remembered, some 150 bytes each
    MarkMemory(long most) {
        marks = Caffeine.newBuilder().maximumSize(most).build();
    }

    /// @return -1 for nothing known
    long delivered(MemberId member) {
        return known(member).delivered();
    }

    /// @return -1 for nothing known
    long read(MemberId member) {
        return known(member).read();
    }

    void noteDelivered(MemberId member, long seq) {
        marks.asMap().merge(member, new Marks(seq, -1), Marks::with);
    }

    /// What was read was delivered.
    void noteRead(MemberId member, long seq) {
        marks.asMap().merge(member, new Marks(seq, seq), Marks::with);
    }

    private Marks known(MemberId member) {
        Marks found = marks.getIfPresent(member);
        return found == null ? Marks.NONE : found;
    }
}
