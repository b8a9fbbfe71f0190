package dev.parley.command.session;

import dev.parley.command.account.AccountDirectory;
import dev.parley.command.account.AccountDirectory.Credentials;
import dev.parley.command.account.Passwords;
import dev.parley.command.account.Username;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.TimeLimit;
import dev.parley.command.limit.LoginAttempt;
import dev.parley.command.limit.LoginLimits;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Logs people in, by whichever door they come.
@Component
public class Logins {

    private final LoginLimits limits;
    private final AccountDirectory directory;
    private final Passwords passwords;
    private final Sessions sessions;

    Logins(LoginLimits limits, AccountDirectory directory, Passwords passwords, Sessions sessions) {
        this.limits = limits;
        this.directory = directory;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /// @throws RejectedException `bad-credentials`, as late for an unknown name as for a wrong
    ///     password; `rate-limited` after too many of those; `unavailable`
    public LoggedIn logIn(String username, String password, Visitor visitor) {
        Credentials known = check(username, password, visitor.address());
        return sessions.open(known.account(), known.username(), visitor.client());
    }

    private Credentials check(String username, String password, String address) {
        try (LoginAttempt attempt = limits.begin(Username.fold(username), address)) {
            Credentials known = TimeLimit.call(Commands.PATIENCE, () -> credentials(username));
            boolean good = passwords.matches(password, known == null ? null : known.passwordHash());
            if (known == null || !good) {
                attempt.fail();
                throw new RejectedException(RejectionCode.BAD_CREDENTIALS, "The user name or the password is wrong");
            }
            return known;
        }
    }

    private @Nullable Credentials credentials(String username) {
        return directory.credentials(username);
    }
}
