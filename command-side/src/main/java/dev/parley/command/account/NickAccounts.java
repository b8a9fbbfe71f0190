package dev.parley.command.account;

import dev.parley.command.dispatch.Commands;
import dev.parley.command.era.Era;
import dev.parley.command.era.Eras;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.account.AccountCommand.RegisterAccount;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/// Makes accounts without passwords of the nicks of an archive.
///
/// An account's id follows from archive, folded nick and era, so that a repeated or cut off call goes
/// on where the first ended: reserving, storing and marking each change nothing the second time.
@Component
public class NickAccounts {

    /// Commands under way at the same time, for each call.
    private static final int IN_FLIGHT = 64;

    private final NickStore store;
    private final Eras eras;
    private final Commands commands;
    private final Clock clock;

    NickAccounts(NickStore store, Eras eras, Commands commands, Clock clock) {
        this.store = store;
        this.eras = eras;
        this.commands = commands;
        this.clock = clock;
    }

    /// @param nicks as spelt in the archive; spellings that differ in case only are one account, shown
    ///     as the first
    /// @return the account of each spelling, in the order of the nicks
    /// @throws RejectedException `username-taken` if another account bears `nick@archive`,
    ///     `unavailable` while the application is being cleared
    public Map<String, AccountId> register(String archive, List<String> nicks) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<String, AccountId> bySpelling = new LinkedHashMap<>();
        Map<AccountId, String> displayNames = new LinkedHashMap<>();
        Map<AccountId, Username> usernames = new LinkedHashMap<>();
        eras.during(era -> {
            for (String nick : nicks) {
                AccountId account = account(era, archive, nick);
                bySpelling.put(nick, account);
                if (displayNames.putIfAbsent(account, nick) == null) {
                    usernames.put(account, Username.ofNick(nick, archive));
                }
            }
            store.reserve(archive, usernames, now);
        });
        Map<AccountId, Boolean> registered = store.registered(usernames.keySet());
        usernames.forEach((account, username) -> requireOwn(registered, account, username));
        List<RegisterAccount> missing = usernames.entrySet().stream()
                .filter(entry -> !registered.getOrDefault(entry.getKey(), false))
                .map(entry -> new RegisterAccount(
                        entry.getKey(),
                        entry.getValue().text(),
                        displayNames.getOrDefault(
                                entry.getKey(), entry.getValue().text()),
                        archive,
                        now))
                .toList();
        storeAll(missing);
        store.register(missing.stream().map(RegisterAccount::account).toList(), now);
        return bySpelling;
    }

    static AccountId account(Era era, String archive, String nick) {
        return new AccountId(era.derive("nick", archive, Username.fold(nick)));
    }

    /// What is stored when one of them fails stays; the next call finds it.
    private void storeAll(List<RegisterAccount> missing) {
        try (ExecutorService senders =
                Executors.newFixedThreadPool(IN_FLIGHT, Thread.ofVirtual().factory())) {
            List<Future<?>> sent = missing.stream()
                    .<Future<?>>map(command -> senders.submit(() -> commands.send(command)))
                    .toList();
            for (Future<?> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping");
        }
    }

    private static void requireOwn(Map<AccountId, Boolean> registered, AccountId account, Username username) {
        if (!registered.containsKey(account)) {
            throw new RejectedException(new Rejection(
                    RejectionCode.USERNAME_TAKEN, "'" + username.text() + "' is held by another account", "nicks"));
        }
    }
}
