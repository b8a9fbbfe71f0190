package dev.parley.delivery.deletion;

import dev.parley.messages.ConversationId;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells who reads the log from an old position which messages were deleted later on.
///
/// ```
///   table: complete up to the projection's position P          recent: complete above F
///   ------------------------------------------------->|P
///                                          F|------------------------------------------> the tail
/// ```
///
/// **Why no deletion is missed** that this node's tail has brought. The tail notes each one here before anything else
/// is done with it. All those above `F` are in `recent`: at first `F` is where the tail began, and it rises to the
/// oldest one that is pushed out. A page is made of the table's rows, read *after* the position P up to which they are
/// complete, and of what `recent` has at the moment the page enters the cache; both are complete only if P has reached
/// `F`, and otherwise the reader is refused and comes again. From then on the tail keeps the page right. So a page
/// lacks
/// no deletion up to P, none above `F`, and none after its making. A message read while its deletion is on its way to
/// this node is shown, and the deletion follows it as an event.
///
/// **Bounds.** A page tells 4,096 places of one conversation in a bit each, so it is read with one query, is at most
/// 512 bytes long, and a conversation with a million deletions is 250 pages. The least recently asked pages fall out.
///
/// Thread-safe, by a lock held for memory work only: pages are read without it.
public final class Deletions {

    static final int PAGE = 4_096;

    private record PageKey(ConversationId conversation, long number) {

        static PageKey of(ConversationId conversation, long message) {
            return new PageKey(conversation, message / PAGE);
        }
    }

    private record Noted(long position, ConversationId conversation, long message) {}

    private final DeletionStore store;
    private final int maxPages;
    private final int maxRecent;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<PageKey, BitSet> pages = new LinkedHashMap<>(16, 0.75f, true);
    private final ArrayDeque<Noted> recent = new ArrayDeque<>();
    private long floor = -1;
    /// P, as it was last read. It never goes back.
    private long projected = -1;

    /// @param maxPages kept at most, some 700 bytes each
    /// @param maxRecent deletions kept that the table may not have yet, some 100 bytes each
    public Deletions(DeletionStore store, int maxPages, int maxRecent) {
        this.store = store;
        this.maxPages = maxPages;
        this.maxRecent = maxRecent;
    }

    /// For the tail, before its first event.
    public void startAfter(long head) {
        lock.lock();
        try {
            floor = head;
        } finally {
            lock.unlock();
        }
    }

    /// For the tail: a message was deleted by the fact at a position.
    ///
    /// @param message its place in its conversation
    public void deleted(ConversationId conversation, long message, long position) {
        lock.lock();
        try {
            recent.add(new Noted(position, conversation, message));
            if (recent.size() > maxRecent) {
                floor = recent.remove().position();
            }
            BitSet page = pages.get(PageKey.of(conversation, message));
            if (page != null) {
                page.set((int) (message % PAGE));
            }
        } finally {
            lock.unlock();
        }
    }

    /// For the tail: what was before a position is nobody's any more.
    public void cleared(long position) {
        lock.lock();
        try {
            pages.clear();
            recent.clear();
            floor = position;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a message was deleted, as far as this node's tail is. The first question for a page asks the database.
    ///
    /// @param message its place in its conversation
    /// @throws IllegalStateException if the projection has yet to bring deletions from before this node's time
    public boolean isDeleted(ConversationId conversation, long message) {
        PageKey key = PageKey.of(conversation, message);
        int bit = (int) (message % PAGE);
        lock.lock();
        try {
            BitSet page = pages.get(key);
            if (page != null) {
                return page.get(bit);
            }
        } finally {
            lock.unlock();
        }
        long complete = complete();
        BitSet read = store.deleted(conversation, key.number() * PAGE, PAGE);
        lock.lock();
        try {
            return enter(key, read, complete).get(bit);
        } finally {
            lock.unlock();
        }
    }

    /// Pages kept now.
    public int size() {
        lock.lock();
        try {
            return pages.size();
        } finally {
            lock.unlock();
        }
    }

    /// P: a position up to which the table is complete before what is read next. It is asked for while it is too low.
    private long complete() {
        lock.lock();
        try {
            if (projected >= floor) {
                return projected;
            }
        } finally {
            lock.unlock();
        }
        long now = store.position();
        lock.lock();
        try {
            projected = Math.max(projected, now);
            return projected;
        } finally {
            lock.unlock();
        }
    }

    private BitSet enter(PageKey key, BitSet read, long complete) {
        if (complete < floor) {
            throw new IllegalStateException(
                    "Deletions are known up to position " + complete + ", and needed up to " + floor);
        }
        @Nullable BitSet before = pages.get(key);
        if (before != null) {
            return before; // another reader was faster; the tail has kept it right
        }
        for (Noted noted : recent) {
            if (PageKey.of(noted.conversation(), noted.message()).equals(key)) {
                read.set((int) (noted.message() % PAGE));
            }
        }
        pages.put(key, read);
        if (pages.size() > maxPages) {
            Iterator<Map.Entry<PageKey, BitSet>> oldest = pages.entrySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return read;
    }
}
