package dev.parley.command.session;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.SessionId;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.session.SessionCommand.OpenSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Opens and finds sessions. A token is good until its session is ended or lies idle for too long, and what an account
/// may do is looked up with each use, so that both take effect at once on all nodes.
///
/// The last use is known to an hour, or to a quarter of the idle time if that is less: it is not written more often.
@Component
class Sessions {

    private static final Duration COARSEST = Duration.ofHours(1);
    private static final int IDLE_PARTS = 4;

    private final SessionStore store;
    private final EndingStore endings;
    private final Commands commands;
    private final Duration idle;
    private final Clock clock;

    Sessions(
            SessionStore store, EndingStore endings, Commands commands, CommandSideProperties properties, Clock clock) {
        this.store = store;
        this.endings = endings;
        this.commands = commands;
        this.idle = properties.sessionIdle();
        this.clock = clock;
    }

    /// The row first, then the fact, then the token: one that is not told to anybody does no harm.
    ///
    /// @throws RejectedException `unavailable`
    LoggedIn open(AccountId account, String username, @Nullable String client) {
        Instant now = now();
        SessionId id = new SessionId(UUID.randomUUID());
        String token = Token.make();
        if (!store.open(id, Token.hash(token), account, client, now)) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The application was cleared meanwhile");
        }
        try {
            commands.send(new OpenSession(id, account, now));
        } catch (RuntimeException failed) {
            endings.discard(id, now);
            throw failed;
        }
        return new LoggedIn(account, username, token);
    }

    /// @param currentHash of the token that asks; null where there is none
    SessionPage list(AccountId account, @Nullable String currentHash, SessionPage.Start start, int limit) {
        return SessionPage.of(store.list(account, currentHash, now().minus(idle), start, limit + 1), limit);
    }

    @QueryHandler
    FoundSession on(FindSession query) {
        Instant now = now();
        SessionStore.Used used = store.find(query.tokenHash(), now.minus(idle));
        if (used == null) {
            return new FoundSession(null);
        }
        if (used.lastUsed().isBefore(now.minus(precision(idle)))) {
            store.touch(used.session().id(), now);
        }
        return new FoundSession(used.session());
    }

    static Duration precision(Duration idle) {
        Duration part = idle.dividedBy(IDLE_PARTS);
        return part.compareTo(COARSEST) < 0 ? part : COARSEST;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
