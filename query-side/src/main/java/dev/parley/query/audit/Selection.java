package dev.parley.query.audit;

import dev.parley.query.paging.Parameters;
import dev.parley.query.stored.StoredFacts;
import dev.parley.query.stored.StoredForm;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/// Which facts an auditor wants; null and empty let through all.
///
/// @param from the first position, inclusive
/// @param to the last position, inclusive
/// @param since stored at this time or later
/// @param until stored before this time
/// @param stream an aggregate's id: a conversation's lets through those of its members, too
/// @param account who did it or who is meant, see [Accounts]
/// @param types stored names
record Selection(
        long from,
        long to,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String stream,
        @Nullable String account,
        Set<String> types) {

    /// How much the clocks of those who store facts may differ. A fact that was stored by a clock that is further
    /// behind is not found by the time it bears.
    static final Duration SKEW = Duration.ofSeconds(10);

    static final Selection ALL = new Selection(0, Long.MAX_VALUE, null, null, null, null, Set.of());

    private static final int MAX_TYPES = 50;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    static Selection ofPositions(@Nullable String from, @Nullable String to) {
        Long first = Parameters.natural("from", from);
        Long last = Parameters.natural("to", to);
        return new Selection(
                first == null ? 0 : first, last == null ? Long.MAX_VALUE : last, null, null, null, null, Set.of());
    }

    Selection ofTimes(@Nullable String since, @Nullable String until) {
        return new Selection(from, to, instant("since", since), instant("until", until), stream, account, types);
    }

    Selection of(@Nullable String conversation, @Nullable String of, @Nullable List<String> named) {
        if (named != null && named.size() > MAX_TYPES) {
            throw Parameters.invalid("type", "At most " + MAX_TYPES + " types");
        }
        return new Selection(
                from,
                to,
                since,
                until,
                conversation == null
                        ? null
                        : Parameters.conversation("conversation", conversation).toString(),
                of == null ? null : Parameters.account("account", of).toString(),
                named == null ? Set.of() : Set.copyOf(named));
    }

    /// A time as ISO 8601 has it (RFC 3339, with a zone).
    static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = java.time.OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LAST)) {
                return instant;
            }
        } catch (DateTimeException notATime) {
            // Refused below, as a time out of bounds is.
        }
        throw Parameters.invalid(name, "A time such as 2026-01-02T03:04:05Z, from 1970 on");
    }

    /// The position to start after.
    ///
    /// @param after where the caller was before
    long start(long after, StoredFacts facts) {
        long start = Math.max(after, from - 1);
        return since == null ? start : Math.max(start, facts.before(since));
    }

    /// The last position that can hold anything that is wanted.
    long end(StoredFacts facts) {
        return until == null ? to : Math.min(to, facts.before(until.plus(SKEW)));
    }

    boolean letsThrough(EventMessage<?> message, StoredForm form) {
        Instant at = message.getTimestamp();
        return (since == null || !at.isBefore(since))
                && (until == null || at.isBefore(until))
                && (stream == null || isOf(stream, EventLines.stream(message)))
                && (types.isEmpty() || types.contains(form.type(message)))
                && (account == null || Accounts.concern(account, message, form));
    }

    /// A member's stream is named `<conversation>.<account>`.
    static boolean isOf(String conversation, @Nullable String stream) {
        return stream != null
                && stream.startsWith(conversation)
                && (stream.length() == conversation.length() || stream.charAt(conversation.length()) == '.');
    }
}
