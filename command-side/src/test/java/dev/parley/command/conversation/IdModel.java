package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rule of message ids in the simplest words: everything ever accepted, for ever, in the order of the ids. The last
/// [RecentMessages#CAPACITY] of them are known by heart; of what is as old as one before them or older it is only known
/// that it may have been.
final class IdModel {

    private final TreeMap<MessageId, Stored> all = new TreeMap<>(RecentMessages.BY_TIME);
    private final Map<MessageId, String> texts = new HashMap<>();

    /// @param edited null for a message
    record Attempt(MessageId id, AccountId by, @Nullable MessageId edited, String body) {}

    private record Stored(Attempt attempt, Accepted accepted) {}

    enum Verdict {
        NEW,
        REPEATED,
        REUSED,
        EXPIRED,
        AHEAD,
        /// An edit that would be new, of a message that is too old for it.
        TOO_OLD;

        static Verdict of(RejectionCode code) {
            return switch (code) {
                case MESSAGE_ID_REUSED -> REUSED;
                case MESSAGE_ID_EXPIRED -> EXPIRED;
                case INVALID -> AHEAD;
                case MESSAGE_TOO_OLD -> TOO_OLD;
                default -> throw new AssertionError("Unexpected: " + code);
            };
        }
    }

    Verdict verdict(Attempt attempt, Instant now) {
        if (isKnown(attempt.id())) {
            return all.get(attempt.id()).attempt().equals(attempt) ? Verdict.REPEATED : Verdict.REUSED;
        }
        if (attempt.id().unixMillis() > now.plus(Duration.ofDays(1)).toEpochMilli()) {
            return Verdict.AHEAD;
        }
        if (!all.isEmpty() && attempt.id().unixMillis() <= lastForgotten()) {
            return Verdict.EXPIRED;
        }
        return attempt.edited() == null || isKnown(attempt.edited()) ? Verdict.NEW : Verdict.TOO_OLD;
    }

    void accept(Attempt attempt, Accepted accepted) {
        if (all.put(attempt.id(), new Stored(attempt, accepted)) != null) {
            throw new AssertionError("Accepted a second time: " + attempt);
        }
        texts.put(attempt.edited() == null ? attempt.id() : attempt.edited(), attempt.body());
    }

    /// What a message says now.
    String textOf(Attempt message) {
        return texts.get(message.id());
    }

    boolean changesNothing(Attempt attempt) {
        return attempt.edited() != null && attempt.body().equals(texts.get(attempt.edited()));
    }

    Accepted accepted(MessageId id) {
        return all.get(id).accepted();
    }

    /// One of the newest messages, which can be edited.
    ///
    /// @return null for want of one
    @Nullable
    Attempt message(Random random) {
        List<Attempt> newest = all.descendingMap().values().stream()
                .limit(RecentMessages.CAPACITY)
                .map(Stored::attempt)
                .filter(attempt -> attempt.edited() == null)
                .toList();
        return newest.isEmpty() ? null : newest.get(random.nextInt(newest.size()));
    }

    /// The oldest message, once it is too old to be edited.
    ///
    /// @return null for want of one
    @Nullable
    Attempt oldest() {
        return all.values().stream()
                .map(Stored::attempt)
                .filter(attempt -> attempt.edited() == null)
                .findFirst()
                .filter(attempt -> !isKnown(attempt.id()))
                .orElse(null);
    }

    private boolean isKnown(MessageId id) {
        return all.containsKey(id) && all.tailMap(id, true).size() <= RecentMessages.CAPACITY;
    }

    private long lastForgotten() {
        return all.descendingMap().keySet().stream()
                .skip(RecentMessages.CAPACITY)
                .findFirst()
                .map(MessageId::unixMillis)
                .orElse(-1L);
    }
}
