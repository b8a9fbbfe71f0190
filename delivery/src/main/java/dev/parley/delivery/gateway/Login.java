package dev.parley.delivery.gateway;

import dev.parley.messages.AccountId;
import dev.parley.messages.SessionId;
import dev.parley.messages.query.Session;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// What a socket was let in with.
///
/// @param tokenHash as `FindSession` takes it; the token itself is kept nowhere
/// @param due when to ask again whether the session lasts, in [System#nanoTime]
record Login(SessionId session, AccountId account, String tokenHash, long due) {

    static Login of(Session session, String tokenHash, Duration recheck) {
        return new Login(session.id(), session.account(), tokenHash, due(recheck));
    }

    /// The same, to be asked for again later.
    Login checked(Duration recheck) {
        return new Login(session, account, tokenHash, due(recheck));
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }

    /// Between three and five quarters of the time, so that sockets which came together are not asked for together.
    private static long due(Duration recheck) {
        long nanos = recheck.toNanos();
        return System.nanoTime() + nanos * 3 / 4 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
    }
}
