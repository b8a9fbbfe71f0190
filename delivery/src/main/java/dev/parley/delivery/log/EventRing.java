package dev.parley.delivery.log;

import dev.parley.messages.ConversationId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The newest events of the log in memory: a broadcast log with positions, from which any number of readers read with
/// a cursor of their own. Bounded in events and in bytes; the oldest fall out.
///
/// ```
/// positions   ... 40 | 41  43  44  47  48 |
///                floor                 head
/// ordinals           | 7   8   9   10  11 |
///                     first                next
/// ```
///
/// Every entry above `floor` and up to `head` is here; positions of events that no device can see are skipped.
///
/// One thread writes ([#append], [#redact], [#advance]); reading needs no lock. A reader's cursor is good while
/// [#covers] says so,
/// and it asks *after* it has read: the floor rises before anything is overwritten.
public final class EventRing {

    private record Slot(long ordinal, LogEntry entry) {}

    private final AtomicReferenceArray<@Nullable Slot> slots;
    private final long maxBytes;
    private volatile long floor;
    private volatile long head;
    private volatile long first;
    private volatile long next;
    private volatile long bytes;

    /// @param capacity in events, at least 1
    /// @param maxBytes by [LogEntry#weight]; one event is always kept
    public EventRing(int capacity, long maxBytes) {
        this.slots = new AtomicReferenceArray<>(capacity);
        this.maxBytes = maxBytes;
        this.floor = -1;
        this.head = -1;
    }

    /// Empties the ring and starts it behind a position.
    public void startAfter(long position) {
        floor = position;
        head = position;
        while (first < next) {
            drop();
        }
    }

    public void append(LogEntry entry) {
        while (first < next && (next - first >= slots.length() || bytes + entry.weight() > maxBytes)) {
            drop();
        }
        long ordinal = next;
        slots.set(index(ordinal), new Slot(ordinal, entry));
        bytes = bytes + entry.weight();
        next = ordinal + 1;
        head = entry.position();
    }

    /// Takes what a deleted message said out of the entries that show it: the message and its edits. A reader that
    /// holds
    /// such an entry already has read it before. It looks at the entries from the newest back to the message.
    ///
    /// @param message the message's place in its conversation
    public void redact(ConversationId conversation, long message) {
        for (long ordinal = next - 1; ordinal >= first; ordinal--) {
            LogEntry entry = at(ordinal);
            if (entry == null || !entry.conversation().equals(conversation)) {
                continue;
            }
            if (entry.shows(message)) {
                LogEntry redacted = entry.redacted();
                slots.set(index(ordinal), new Slot(ordinal, redacted));
                bytes = bytes - entry.weight() + redacted.weight();
            }
            if (entry.seq() >= 0 && entry.seq() <= message) {
                return; // what is older cannot be an edit of it
            }
        }
    }

    /// Notes an event that no device can see.
    public void advance(long position) {
        head = position;
    }

    /// Whether all that follows the position, up to the head, is here.
    public boolean covers(long position) {
        return position >= floor;
    }

    /// The ordinal of the first kept entry behind the position; [#next] if there is none yet.
    public long ordinalAfter(long position) {
        long low = first;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            LogEntry entry = at(middle);
            if (entry == null || entry.position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// @return null if it was dropped, or is not there yet
    public @Nullable LogEntry at(long ordinal) {
        if (ordinal >= next) {
            return null; // written perhaps, but not counted: no reader may be ahead of the count
        }
        Slot slot = slots.get(index(ordinal));
        return slot != null && slot.ordinal() == ordinal ? slot.entry() : null;
    }

    /// @return null if it was dropped
    public @Nullable LogEntry find(long position) {
        LogEntry entry = at(ordinalAfter(position - 1));
        return entry != null && entry.position() == position ? entry : null;
    }

    /// The last position up to which the ring is complete.
    public long head() {
        return head;
    }

    /// The ordinal the next entry will have.
    public long next() {
        return next;
    }

    /// Events kept now.
    public long size() {
        return next - first;
    }

    /// Bytes kept now, by [LogEntry#weight].
    public long bytes() {
        return bytes;
    }

    private void drop() {
        int index = index(first);
        Slot oldest = slots.get(index);
        if (oldest != null) {
            floor = Math.max(floor, oldest.entry().position());
            bytes = bytes - oldest.entry().weight();
            slots.set(index, null);
        }
        first = first + 1;
    }

    private int index(long ordinal) {
        return (int) (ordinal % slots.length());
    }
}
