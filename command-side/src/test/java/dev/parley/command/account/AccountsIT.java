package dev.parley.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.RealParts;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.Role;
import dev.parley.messages.account.AccountCommand.RegisterAccount;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountsIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final Accounts accounts = commandSide.getBean(Accounts.class);
    private final AccountDirectory directory = commandSide.getBean(AccountDirectory.class);
    private final Reservations reservations = commandSide.getBean(Reservations.class);
    private final ReservationStore store = commandSide.getBean(ReservationStore.class);
    private final EventStore eventStore = commandSide.getBean(EventStore.class);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void ofTwoHundredWhoWantANameOneGetsItAndOnePasswordIsHashed() throws Exception {
        String name = unique("popular");
        double hashedBefore = hashed();
        Callable<AccountId> attempt = () -> {
            String spelling = Math.random() < 0.5 ? name : name.toUpperCase(Locale.ROOT);
            try {
                return accounts.register(person(spelling));
            } catch (RejectedException refused) {
                assertThat(refused.rejection().code()).isEqualTo(RejectionCode.USERNAME_TAKEN);
                return null;
            }
        };
        List<AccountId> winners = new ArrayList<>();
        Instant began = Instant.now();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : people.invokeAll(Collections.nCopies(200, attempt))) {
                if (one.get() != null) {
                    winners.add(one.get());
                }
            }
        }
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(6));
        assertThat(winners).hasSize(1);
        assertThat(directory.account("username", name)).isEqualTo(winners.getFirst());
        assertThat(eventStore.lastSequenceNumberFor(winners.getFirst().toString()))
                .hasValue(0L);
        await().untilAsserted(() -> assertThat(hashed() - hashedBefore).isEqualTo(1));
    }

    @Test
    void aNameThatIsReservedIsTakenUntilItIsAbandoned() {
        String name = unique("reserved");
        Reservation fresh = reserve(name, now);
        taken(name);
        store.release(fresh.account(), fresh.at());

        Reservation abandoned = reserve(name, longAgo());
        AccountId account = accounts.register(person(name));
        assertThat(account).as("a late fact belongs to who bears the name").isEqualTo(abandoned.account());
        assertThat(store.register(abandoned.account(), abandoned.at()))
                .as("the first attempt has lost it")
                .isFalse();
        assertThat(store.fill(abandoned, "hash", now)).isFalse();
    }

    @Test
    void whoLosesAReservationIsToldThatTheNameIsTaken() {
        String name = unique("slow");
        Reservation slow = reserve(name, longAgo());
        accounts.register(person(name));
        refused(() -> reservations.register(slow), RejectionCode.USERNAME_TAKEN);
        refused(() -> reservations.fill(slow, "hash"), RejectionCode.USERNAME_TAKEN);
    }

    static List<Exception> failures() {
        return List.of(
                new IllegalStateException("a mistake"),
                new NoHandlerForCommandException(GenericCommandMessage.asCommandMessage("nobody there")),
                new CommandExecutionException("UNAVAILABLE: io exception", null),
                new Refusal(RejectionCode.INVALID, "not like that"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aNameIsFreeAtOnceAfterAFailedAppend(Exception failure) {
        String name = unique("failed");
        Accounts failing = accountsWhere(command -> {
            throw failure;
        });
        assertThatThrownBy(() -> failing.register(person(name))).isNotNull();
        AccountId account = accounts.register(person(name));
        assertThat(directory.account("username", name)).isEqualTo(account);
    }

    @Test
    void aNameWhoseFactWasStoredBeforeTheAnswerWasLostIsTaken() {
        String name = unique("unlucky");
        Accounts unlucky = accountsWhere(command -> {
            commandSide.getBean(Commands.class).send(command);
            throw new CommandExecutionException("DEADLINE_EXCEEDED", null);
        });
        refused(() -> unlucky.register(person(name)), RejectionCode.UNAVAILABLE);
        taken(name);
        assertThat(directory.credentials(name)).as("it can log in").isNotNull();
    }

    @Test
    void aRegistrationThatIsClearedAwayIsNotTaken() {
        String name = unique("cleared");
        Accounts cleared = accountsWhere(command -> {
            commandSide
                    .getBean(JdbcClient.class)
                    .sql("delete from command_side.account where account = ?")
                    .param(((RegisterAccount) command).account().value())
                    .update();
            return null;
        });
        refused(() -> cleared.register(person(name)), RejectionCode.UNAVAILABLE);
    }

    @Test
    void nobodyElseGetsTheFirstAdminsName() {
        double hashedBefore = hashed();
        taken("admin");
        taken("ADMIN");
        Accounts elsewhere = new Accounts(
                reservations,
                commandSide.getBean(Passwords.class),
                commandSide.getBean(Commands.class),
                propertiesWithAdmin(unique("Boss").toLowerCase(Locale.ROOT)));
        assertThat(elsewhere.register(person(unique("no boss")))).isNotNull();
        assertThat(hashed() - hashedBefore).isLessThanOrEqualTo(1);
    }

    @Test
    void theFirstAdminIsAppointedAgainAfterItWasClearedAway() {
        AccountId before = directory.account("username", "admin");
        JdbcClient jdbc = commandSide.getBean(JdbcClient.class);
        jdbc.sql("delete from command_side.account where account = ?")
                .param(before.value())
                .update();
        jdbc.sql("delete from command_side.account_role where account = ?")
                .param(before.value())
                .update();
        taken("admin");
        FirstAdmin firstAdmin = commandSide.getBean(FirstAdmin.class);
        firstAdmin.appoint(Duration.ZERO);
        firstAdmin.appoint(Duration.ZERO);
        AccountId after = directory.account("username", "admin");
        assertThat(after).isNotEqualTo(before);
        assertThat(held(after)).isTrue();
    }

    @Test
    void aReservationWhoseFactIsStoredIsFinished() {
        String name = unique("crashed");
        Reservation cutOff = reserve(name, longAgo());
        store(cutOff);
        commandSide.getBean(ReservationSweep.class).sweep();
        assertThat(directory.account("username", name)).isEqualTo(cutOff.account());
        taken(name);
    }

    @Test
    void aReservationThatNobodyFinishesIsForgotten() {
        Reservation forgotten = reserve(unique("forgotten"), now.minus(Duration.ofDays(1)));
        commandSide.getBean(ReservationSweep.class).sweep();
        assertThat(store.exists(forgotten.account())).isFalse();
    }

    @Test
    void theNextAttemptFinishesAReservationWhoseFactIsStored() {
        String name = unique("crashed");
        Reservation cutOff = reserve(name, longAgo());
        store(cutOff);
        taken(name);
        assertThat(directory.account("username", name)).isEqualTo(cutOff.account());
    }

    @Test
    void anOldFactDoesNotBringAWithdrawnRoleBack() {
        RoleStore roles = commandSide.getBean(RoleStore.class);
        AccountId account = accounts.register(person(unique("role")));
        commandSide.getBean(Roles.class).grant(account, Role.AUDITOR, account);
        commandSide.getBean(Roles.class).withdraw(account, Role.AUDITOR, account);
        roles.put(account, Role.AUDITOR, true, 1);
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
        refused(() -> accounts.register(person(name)), RejectionCode.USERNAME_TAKEN);
    }

    private static void refused(ThrowingCallable call, RejectionCode code) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(call)
                .matches(refused -> refused.rejection().code() == code, code.text());
    }

    private static NewAccount person(String name) {
        return new NewAccount(Username.of(name), "password " + UUID.randomUUID(), null, null);
    }

    /// With a command bus of its own.
    private Accounts accountsWhere(MessageHandlerLike handler) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        var _ = bus.subscribe(RegisterAccount.class.getName(), message -> handler.handle(message.getPayload()));
        return new Accounts(
                reservations,
                commandSide.getBean(Passwords.class),
                new Commands(DefaultCommandGateway.builder().commandBus(bus).build()),
                commandSide.getBean(CommandSideProperties.class));
    }

    private interface MessageHandlerLike {
        Object handle(Object command) throws Exception;
    }

    private CommandSideProperties propertiesWithAdmin(String name) {
        CommandSideProperties all = commandSide.getBean(CommandSideProperties.class);
        return new CommandSideProperties(
                new CommandSideProperties.Admin(name, "password"),
                all.passwordStrength(),
                all.sessionIdle(),
                all.sweepEvery(),
                all.limits(),
                all.cachedAggregates(),
                all.snapshotEvery(),
                all.cachedMembers(),
                all.memberSnapshotEvery());
    }

    private double hashed() {
        return commandSide
                .getBean(MeterRegistry.class)
                .get(Passwords.DONE)
                .functionCounter()
                .count();
    }

    private Instant longAgo() {
        return now.minus(Reservations.ABANDONED_AFTER).minusSeconds(1);
    }

    private Reservation reserve(String name, Instant at) {
        Reservation reservation = new Reservation(new AccountId(UUID.randomUUID()), Username.of(name), null, at);
        assertThat(store.reserve(reservation)).isTrue();
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
