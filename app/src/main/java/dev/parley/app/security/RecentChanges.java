package dev.parley.app.security;

import dev.parley.messages.query.Session;
import java.util.function.Predicate;

/// The last changes of who may do what, each as a test of the sessions it concerns, so that an answer that was on its
/// way while they happened is not kept. Bounded: of older changes only the number is known. Not thread-safe.
final class RecentChanges {

    private static final int KEPT = 1_024;

    private final Predicate<Session>[] changes = newRing();
    private long count;

    /// How many there were so far.
    long count() {
        return count;
    }

    void add(Predicate<Session> concerned) {
        changes[(int) (count % KEPT)] = concerned;
        count++;
    }

    /// Whether a change since then may concern the session; yes where it cannot be told.
    boolean concernedSince(long then, Session session) {
        if (count - then > KEPT) {
            return true;
        }
        for (long change = then; change < count; change++) {
            if (changes[(int) (change % KEPT)].test(session)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked")
    private static Predicate<Session>[] newRing() {
        return new Predicate[KEPT];
    }
}
