package dev.parley.command.account;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.CommandSideProperties.Admin;
import dev.parley.command.account.AccountDirectory.Credentials;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Sees to it that the configured first admin exists, before the application says it is ready and after the
/// application was cleared. An account of that name keeps its password and becomes an admin.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class FirstAdmin implements ApplicationRunner {

    /// The command bus may take a moment to be usable after the start.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final @Nullable Admin admin;
    private final AccountDirectory directory;
    private final Accounts accounts;
    private final Roles roles;
    private final Clock clock;

    FirstAdmin(
            CommandSideProperties properties, AccountDirectory directory, Accounts accounts, Roles roles, Clock clock) {
        this.admin = properties.admin();
        this.directory = directory;
        this.accounts = accounts;
        this.roles = roles;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (admin == null) {
            log.atInfo().log("No first admin is configured");
        }
        try {
            appoint(PATIENCE);
        } catch (RejectedException refused) {
            throw new IllegalStateException(
                    "The first admin (parley.command-side.admin) could not be registered: "
                            + refused.rejection().detail(),
                    refused);
        }
    }

    /// Registers the configured first admin, if there is none, and grants it its role. Repeated it changes nothing, and
    /// without a configured admin it does nothing.
    ///
    /// @param patience how long to try again while the command bus is not usable or another node is
    ///     at it; an attempt that has begun may take `Commands.PATIENCE` longer
    /// @throws RejectedException the refusal of the last attempt
    public void appoint(Duration patience) {
        if (admin == null) {
            return;
        }
        Instant deadline = clock.instant().plus(patience);
        while (!isAppointed(admin, deadline)) {
            pause();
        }
    }

    /// @return false where it is worth another try
    private boolean isAppointed(Admin wanted, Instant deadline) {
        try {
            AccountId account = find(wanted);
            roles.grant(account, Role.ADMIN, account);
            return true;
        } catch (RejectedException refused) {
            RejectionCode code = refused.rejection().code();
            boolean passing = code == RejectionCode.UNAVAILABLE || code == RejectionCode.USERNAME_TAKEN;
            if (!passing || clock.instant().isAfter(deadline)) {
                throw refused;
            }
            return false;
        }
    }

    private AccountId find(Admin wanted) {
        Credentials known = directory.credentials(wanted.username());
        if (known != null) {
            return known.account();
        }
        AccountId account =
                accounts.registerAnyName(new NewAccount(Username.of(wanted.username()), wanted.password(), null, null));
        log.atInfo().addKeyValue("account", account).log("Registered the first admin");
        return account;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping");
        }
    }
}
