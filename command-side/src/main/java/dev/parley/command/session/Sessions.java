package dev.parley.command.session;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.account.AccountDirectory;
import dev.parley.command.account.AccountDirectory.Credentials;
import dev.parley.command.account.Passwords;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/// Opens, finds and ends sessions. A token is good until it is logged out or lies idle for too long, and what an
/// account may do is looked up with each use, so that both take effect at once on all nodes.
@Component
class Sessions {

    /// The last use is known to this precision: it is not written more often.
    static final Duration PRECISION = Duration.ofHours(1);

    private static final int REMOVED_AT_ONCE = 100;

    private final SessionStore store;
    private final AccountDirectory directory;
    private final Passwords passwords;
    private final Duration idle;
    private final Clock clock;

    Sessions(
            SessionStore store,
            AccountDirectory directory,
            Passwords passwords,
            CommandSideProperties properties,
            Clock clock) {
        this.store = store;
        this.directory = directory;
        this.passwords = passwords;
        this.idle = properties.sessionIdle();
        this.clock = clock;
    }

    /// @throws RejectedException `bad-credentials`, as late for an unknown name as for a wrong password
    LoggedIn logIn(String username, String password) {
        Credentials known = directory.credentials(username);
        boolean good = passwords.matches(password, known == null ? null : known.passwordHash());
        if (known == null || !good) {
            throw new RejectedException(RejectionCode.BAD_CREDENTIALS, "The user name or the password is wrong");
        }
        return open(known.account(), known.username());
    }

    LoggedIn open(AccountId account, String username) {
        Instant now = clock.instant();
        String token = Token.make();
        store.removeUnusedSince(now.minus(idle), REMOVED_AT_ONCE);
        store.open(UUID.randomUUID(), Token.hash(token), account, now);
        return new LoggedIn(account, username, token);
    }

    void end(String token) {
        store.end(Token.hash(token));
    }

    @QueryHandler
    FoundSession on(FindSession query) {
        Instant now = clock.instant();
        SessionStore.Used used = store.find(query.tokenHash(), now.minus(idle));
        if (used == null) {
            return new FoundSession(null);
        }
        if (used.lastUsed().isBefore(now.minus(PRECISION))) {
            store.touch(used.session().id().value(), now);
        }
        return new FoundSession(used.session());
    }
}
