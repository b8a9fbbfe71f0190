package dev.parley.command.session;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.session.EndingStore.Ending;
import dev.parley.command.sweep.Sweep;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.SessionId;
import dev.parley.messages.session.SessionCommand.CloseSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Ends sessions, on request and when they lie idle for too long. Thread-safe.
///
/// ```
///   good --mark--> token dead --SessionClosed stored--> row deleted
/// ```
///
/// The token is dead in the table before anybody can see `SessionClosed`, so that whoever drops what it knows of the
/// session at that fact never finds it good again. Each step changes nothing the second time; the sweep finishes rows
/// that were left marked.
@Component
public class SessionEnds implements Sweep {

    /// By then whoever marked a row has finished it or failed.
    static final Duration LEFT_AFTER = Commands.PATIENCE.multipliedBy(2);

    static final int BATCH = 100;

    private static final Logger log = LoggerFactory.getLogger(SessionEnds.class);

    private final EndingStore store;
    private final Commands commands;
    private final Duration idle;
    private final Clock clock;

    SessionEnds(EndingStore store, Commands commands, CommandSideProperties properties, Clock clock) {
        this.store = store;
        this.commands = commands;
        this.idle = properties.sessionIdle();
        this.clock = clock;
    }

    /// @param authorization the header that the request bears its token in
    /// @throws RejectedException `unauthenticated` for a token that is not that account's;
    ///     `unavailable` if the end could not be stored yet: the token is dead all the same
    public void logOut(String authorization, AccountId account) {
        Ending ending = store.logOut(Token.hash(Token.fromHeader(authorization)), account, now());
        if (ending == null) {
            throw new RejectedException(RejectionCode.UNAUTHENTICATED, "This needs a token that is good");
        }
        finish(ending);
    }

    /// @throws RejectedException `not-found` where the account has no such session; `unavailable`, as
    ///     for a logout
    void revoke(SessionId session, AccountId of, AccountId by) {
        Ending ending = store.revoke(session, of, by, now());
        if (ending == null) {
            throw noSession();
        }
        finish(ending);
    }

    /// Ends all sessions the account has now.
    void revokeAll(AccountId of, AccountId by) {
        Instant now = now();
        finishAll(() -> store.revokeSome(of, by, now, BATCH));
    }

    @Override
    public String name() {
        return "sessions that expired or were left half ended";
    }

    @Override
    public long sweep() {
        long expired = finishAll(() -> store.expireSome(now().minus(idle), now(), BATCH));
        return expired + finishAll(() -> store.claimSome(now().minus(LEFT_AFTER), now(), BATCH));
    }

    static RejectedException noSession() {
        return new RejectedException(RejectionCode.NOT_FOUND, "The account has no such session");
    }

    private long finishAll(Supplier<List<Ending>> some) {
        long finished = 0;
        List<Ending> batch;
        do {
            batch = some.get();
            batch.forEach(this::finish);
            finished += batch.size();
        } while (batch.size() == BATCH);
        return finished;
    }

    /// One whose opening was never stored has no end to store: nobody was told its token.
    private void finish(Ending ending) {
        try {
            commands.send(new CloseSession(ending.session(), ending.reason(), ending.by(), ending.at()));
        } catch (RejectedException refused) {
            if (refused.rejection().code() != RejectionCode.NOT_FOUND) {
                throw refused;
            }
        }
        try {
            store.delete(ending.session());
        } catch (DataAccessException unreachable) {
            log.atWarn()
                    .setCause(unreachable)
                    .addKeyValue("session", ending.session())
                    .log("The row of an ended session stays until the next sweep");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
