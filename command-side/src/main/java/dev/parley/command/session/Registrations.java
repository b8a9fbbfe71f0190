package dev.parley.command.session;

import dev.parley.command.account.Accounts;
import dev.parley.command.account.NewAccount;
import dev.parley.command.limit.RegistrationLimit;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import org.springframework.stereotype.Component;

/// Registers people and logs them in, by whichever door they come.
@Component
public class Registrations {

    private final RegistrationLimit limit;
    private final Accounts accounts;
    private final Sessions sessions;

    Registrations(RegistrationLimit limit, Accounts accounts, Sessions sessions) {
        this.limit = limit;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /// @throws RejectedException `username-taken`; `rate-limited`; `unavailable`: if the account was
    ///     registered by then, its name is taken and it can log in
    public LoggedIn register(NewAccount person, Visitor visitor) {
        limit.count(visitor.address());
        AccountId account = accounts.register(person);
        return sessions.open(account, person.username().text(), visitor.client());
    }
}
