package dev.parley.delivery.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.messages.ConversationId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which conversations are small enough to tell everybody what each one received and read. What it says may be a
/// minute old. Thread-safe.
public final class ConversationSizes {

    private static final long MOST = 100_000;
    private static final Duration AGE = Duration.ofMinutes(1);

    private final MemberCounts counts;
    private final int small;
    private final Cache<ConversationId, Boolean> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(AGE).build();

    /// @param small members of the largest small conversation
    public ConversationSizes(MemberCounts counts, int small) {
        this.counts = counts;
        this.small = small;
    }

    /// May ask the database. A conversation of which no member is known yet counts as small.
    ///
    /// @throws org.springframework.dao.DataAccessException if it has to and cannot
    boolean isSmall(ConversationId conversation) {
        return areSmall(List.of(conversation)).getOrDefault(conversation, true);
    }

    /// May ask the database, once for all of them.
    ///
    /// @return no answer for those of which no member is known yet: they are too new to be large
    /// @throws org.springframework.dao.DataAccessException if it has to and cannot
    Map<ConversationId, Boolean> areSmall(Collection<ConversationId> conversations) {
        return known.getAll(conversations, this::count);
    }

    /// Whether it is too large, as far as it can be told without asking.
    boolean isKnownLarge(ConversationId conversation) {
        return Boolean.FALSE.equals(known.getIfPresent(conversation));
    }

    private Map<ConversationId, Boolean> count(Set<? extends ConversationId> unknown) {
        Map<ConversationId, Boolean> answers = HashMap.newHashMap(unknown.size());
        counts.upTo(small + 1, List.copyOf(unknown)).forEach((conversation, members) -> {
            if (members > 0) {
                answers.put(conversation, members <= small);
            }
        });
        return answers;
    }
}
