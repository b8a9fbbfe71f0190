package dev.parley.command.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.messages.MessageId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The latest [#CAPACITY] deleted messages, recent or not: so many deletions later a repeated deletion
/// of one that is out of the window of [RecentMessages] is still known for one. Not thread-safe: it
/// belongs to one aggregate.
final class Deletions {

    static final int CAPACITY = 256;

    /// The one deleted longest ago comes first.
    private final Set<MessageId> latest = new LinkedHashSet<>();

    Deletions() {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Deletions(List<MessageId> kept) {
        kept.forEach(this::add);
    }

    @JsonValue
    List<MessageId> kept() {
        return List.copyOf(latest);
    }

    /// Whether it is known that the message was deleted; of one deleted before the latest it is not.
    boolean has(MessageId message) {
        return latest.contains(message);
    }

    void add(MessageId message) {
        latest.remove(message);
        latest.add(message);
        if (latest.size() > CAPACITY) {
            latest.remove(latest.iterator().next());
        }
    }
}
