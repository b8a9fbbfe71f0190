package dev.parley.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.command.RealParts;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.Role;
import dev.parley.messages.account.AccountCommand.RegisterAccount;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountsIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final Accounts accounts = commandSide.getBean(Accounts.class);
    private final AccountDirectory directory = commandSide.getBean(AccountDirectory.class);
    private final ReservationStore reservations = commandSide.getBean(ReservationStore.class);
    private final EventStore eventStore = commandSide.getBean(EventStore.class);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void ofFiftyWhoWantANameOneGetsIt() throws Exception {
        String name = unique("popular");
        Callable<AccountId> attempt = () -> {
            String spelling = Math.random() < 0.5 ? name : name.toUpperCase(Locale.ROOT);
            try {
                return accounts.register(new NewAccount(spelling, "password " + UUID.randomUUID(), null, null));
            } catch (RejectedException refused) {
                assertThat(refused.rejection().code()).isEqualTo(RejectionCode.USERNAME_TAKEN);
                return null;
            }
        };
        List<AccountId> winners = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : people.invokeAll(Collections.nCopies(50, attempt))) {
                if (one.get() != null) {
                    winners.add(one.get());
                }
            }
        }
        assertThat(winners).hasSize(1);
        assertThat(directory.account("username", name)).isEqualTo(winners.getFirst());
        assertThat(eventStore.lastSequenceNumberFor(winners.getFirst().toString()))
                .hasValue(0L);
    }

    @Test
    void aNameThatIsReservedIsTakenUntilItIsAbandoned() {
        String name = unique("reserved");
        Reservation fresh = reserve(name, now);
        taken(name);
        reservations.release(fresh.account(), fresh.at());

        Reservation abandoned =
                reserve(name, now.minus(Accounts.ABANDONED_AFTER).minusSeconds(1));
        AccountId account = accounts.register(new NewAccount(name, "another password", null, null));
        assertThat(account).as("a late fact belongs to who bears the name").isEqualTo(abandoned.account());
        assertThat(reservations.register(abandoned.account(), abandoned.at()))
                .as("the first attempt has lost it")
                .isFalse();
    }

    @Test
    void whoKnowsThePasswordGoesOnWithAReservationAtOnce() {
        String name = unique("impatient");
        Reservation cutOff = reserve(name, now);
        assertThat(accounts.register(new NewAccount(name, "first password", null, null)))
                .isEqualTo(cutOff.account());
    }

    @Test
    void aReservationWhoseFactIsStoredIsFinished() {
        String name = unique("crashed");
        Reservation cutOff = reserve(name, now.minus(Accounts.ABANDONED_AFTER).minusSeconds(1));
        store(cutOff);
        assertThat(commandSide.getBean(ReservationSweep.class).sweep()).isPositive();
        assertThat(directory.account("username", name)).isEqualTo(cutOff.account());
        taken(name);
    }

    @Test
    void theNextAttemptFinishesAReservationWhoseFactIsStored() {
        String name = unique("crashed");
        Reservation cutOff = reserve(name, now);
        store(cutOff);
        taken(name);
        assertThat(directory.account("username", name)).isEqualTo(cutOff.account());
    }

    @Test
    void anOldFactDoesNotBringAWithdrawnRoleBack() {
        RoleStore store = commandSide.getBean(RoleStore.class);
        AccountId account = accounts.register(new NewAccount(unique("role"), "password", null, null));
        commandSide.getBean(Roles.class).grant(account, Role.AUDITOR, account);
        commandSide.getBean(Roles.class).withdraw(account, Role.AUDITOR, account);
        store.put(account, Role.AUDITOR, true, 1);
        assertThat(held(account)).isFalse();
    }

    @Test
    void theFirstAdminIsThereWhenItHasStarted() {
        AccountId admin = directory.account("username", "admin");
        assertThat(commandSide
                        .getBean(JdbcClient.class)
                        .sql("select role from command_side.account_role where account = ? and held")
                        .param(admin.value())
                        .query(String.class)
                        .list())
                .containsExactly("ADMIN");
        commandSide.getBean(FirstAdmin.class).run(null);
        assertThat(eventStore.lastSequenceNumberFor(admin.toString()))
                .as("once")
                .hasValue(1L);
    }

    @Test
    void nicksBecomeAccountsOnce() {
        NickAccounts nicks = commandSide.getBean(NickAccounts.class);
        String archive = unique("irc");
        List<String> spelt = new ArrayList<>(List.of("Bob", "bOB"));
        IntStream.range(0, 998).forEach(i -> spelt.add("nick" + i));
        Map<String, AccountId> first = nicks.register(archive, spelt);
        assertThat(first).hasSize(1_000);
        assertThat(first.get("Bob")).isEqualTo(first.get("bOB"));
        assertThat(nicks.register(archive, spelt)).isEqualTo(first);
        assertThat(eventStore.lastSequenceNumberFor(first.get("nick7").toString()))
                .hasValue(0L);
        assertThat(directory.credentials("nick7@" + archive).passwordHash()).isNull();
    }

    private void taken(String name) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> accounts.register(new NewAccount(name, "another password", null, null)))
                .matches(refused -> refused.rejection().code() == RejectionCode.USERNAME_TAKEN);
    }

    private Reservation reserve(String name, Instant at) {
        String hash = commandSide.getBean(Passwords.class).hash("first password");
        Reservation reservation = new Reservation(new AccountId(UUID.randomUUID()), Username.of(name), hash, null, at);
        assertThat(reservations.reserve(reservation)).isTrue();
        return reservation;
    }

    private void store(Reservation reservation) {
        String name = reservation.username().text();
        commandSide
                .getBean(Commands.class)
                .send(new RegisterAccount(reservation.account(), name, name, null, reservation.at()));
    }

    private boolean held(AccountId account) {
        return commandSide
                .getBean(JdbcClient.class)
                .sql("select held from command_side.account_role where account = ?")
                .param(account.value())
                .query(Boolean.class)
                .single();
    }

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
