package dev.parley.command.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.command.conversation.Recent.Said;
import dev.parley.messages.MessageId;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The window of accepted ids, of messages and of edits, that makes sending and editing idempotent, with what can still
/// be changed of the messages in it. Not thread-safe: it belongs to one aggregate.
///
/// It holds the [#CAPACITY] accepted ids with the latest times. When it is full, the id with the earliest time leaves
/// (not the one accepted first), and the floor rises to that time. Then every id ever accepted is in the window or at
/// or below the floor: the first are answered from the window, the second are expired. So none is accepted twice.
///
/// The earliest leaves, because a client whose clock is ahead would otherwise raise the floor over everybody else's
/// time when its ids leave; here they stay until the others have caught up with them.
final class RecentMessages {

    static final int CAPACITY = 1_000;

    /// RFC 9562 puts the time first, so the unsigned order of the bits is the order of time.
    static final Comparator<MessageId> BY_TIME = Comparator.<MessageId>comparingLong(
                    id -> id.value().getMostSignificantBits() ^ Long.MIN_VALUE)
            .thenComparingLong(id -> id.value().getLeastSignificantBits() ^ Long.MIN_VALUE);

    private static final long NO_FLOOR = -1;

    private final TreeMap<MessageId, Recent> window = new TreeMap<>(BY_TIME);
    private long floor = NO_FLOOR;
    private int reactions;
    private int reactionText;

    /// As it is written into a snapshot.
    ///
    /// @param floor the highest time of an id that has left, in milliseconds since 1970; -1 for none
    /// @param recent in the order of their ids
    record Kept(long floor, List<Recent> recent) {}

    RecentMessages() {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    RecentMessages(Kept kept) {
        floor = kept.floor();
        kept.recent().forEach(this::put);
    }

    @JsonValue
    Kept kept() {
        return new Kept(floor, List.copyOf(window.values()));
    }

    /// @return null for an id that is not in the window
    @Nullable
    Recent find(MessageId id) {
        return window.get(id);
    }

    /// Whether the id, which is not in the window, may have been accepted before.
    boolean isExpired(MessageId id) {
        return id.unixMillis() <= floor;
    }

    /// Reactions to all the messages in the window.
    int reactions() {
        return reactions;
    }

    /// The texts of these, of each message each kind once, in bytes of UTF-8.
    int reactionText() {
        return reactionText;
    }

    void add(Recent accepted) {
        put(accepted);
        if (window.size() > CAPACITY) {
            // Ids leave in the order of their time and enter above the floor only, so the floor never falls.
            Recent left = window.pollFirstEntry().getValue();
            floor = left.id().unixMillis();
            count(left.said(), -1);
        }
    }

    /// Changes what a message is. Nothing happens to one that is not in the window.
    void change(MessageId message, UnaryOperator<Said> change) {
        Recent recent = window.get(message);
        Said said = recent == null ? null : recent.said();
        if (recent != null && said != null) {
            count(said, -1);
            put(recent.with(change.apply(said)));
        }
    }

    /// As [#change] for the reactions to a message.
    void react(MessageId message, Consumer<Reactions> change) {
        change(message, said -> {
            change.accept(said.reactions());
            return said;
        });
    }

    private void put(Recent recent) {
        window.put(recent.id(), recent);
        count(recent.said(), 1);
    }

    private void count(@Nullable Said said, int times) {
        if (said != null) {
            reactions += times * said.reactions().count();
            reactionText += times * said.reactions().textBytes();
        }
    }
}
