package dev.parley.command.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.RealParts;
import dev.parley.command.account.Accounts;
import dev.parley.command.account.NewAccount;
import dev.parley.command.account.Username;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.SessionId;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.session.SessionCommand.CloseSession;
import dev.parley.messages.session.SessionCommand.OpenSession;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a session leaves behind in the table and in the log, whatever cuts its opening or its end off.
class SessionEndsIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final JdbcClient jdbc = commandSide.getBean(JdbcClient.class);
    private final Sessions sessions = commandSide.getBean(Sessions.class);
    private final SessionEnds ends = commandSide.getBean(SessionEnds.class);
    private final SessionStore store = commandSide.getBean(SessionStore.class);
    private final EndingStore endings = commandSide.getBean(EndingStore.class);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final String name = "ends-" + UUID.randomUUID().toString().substring(0, 8);
    private AccountId alice;

    @BeforeEach
    void register() {
        alice = commandSide
                .getBean(Accounts.class)
                .register(new NewAccount(Username.of(name), "correct horse", null, null));
    }

    @Test
    void aLogoutIsAFactAndLeavesNoRow() {
        String token = open();
        SessionId id = find(token);
        ends.logOut("Bearer " + token, alice);
        assertThat(find(token)).isNull();
        assertThat(isThere(id)).isFalse();
        List<?> facts = facts(id);
        assertThat(facts.getFirst()).isInstanceOf(SessionOpened.class);
        SessionClosed closed = (SessionClosed) facts.getLast();
        assertThat(closed.reason()).isEqualTo(SessionEnd.LOGGED_OUT);
        assertThat(closed.by()).isEqualTo(alice);
        assertThat(facts).hasSize(2);
    }

    @Test
    void aTokenOfSomebodyElseLogsNobodyOut() {
        String token = open();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> ends.logOut(token, new AccountId(UUID.randomUUID())))
                .matches(refused -> refused.rejection().code() == RejectionCode.UNAUTHENTICATED);
        assertThat(find(token)).isNotNull();
    }

    @Test
    void aTokenIsDeadBeforeItsEndCanBeStoredAndTheSweepFinishesIt() {
        String token = open();
        SessionId id = find(token);
        SessionEnds cutOff = new SessionEnds(endings, brokenCommands(), properties(), Clock.systemUTC());
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> cutOff.logOut(token, alice))
                .matches(refused -> refused.rejection().code() == RejectionCode.UNAVAILABLE);
        assertThat(find(token)).isNull();
        assertThat(facts(id)).hasSize(1);
        ends.sweep();
        assertThat(isThere(id)).as("its node may still be at it").isTrue();

        triedLongAgo(id);
        ends.sweep();
        assertThat(isThere(id)).isFalse();
        assertThat(((SessionClosed) facts(id).getLast()).reason()).isEqualTo(SessionEnd.LOGGED_OUT);
        assertThat(facts(id)).hasSize(2);
    }

    @Test
    void aRepeatedLogoutFinishesWhatTheFirstOneBegan() {
        String token = open();
        SessionId id = find(token);
        assertThat(endings.logOut(Token.hash(token), alice, now)).isNotNull();
        ends.revoke(id, alice, alice);
        assertThat(isThere(id)).isFalse();
        assertThat(((SessionClosed) facts(id).getLast()).reason())
                .as("the first reason holds")
                .isEqualTo(SessionEnd.LOGGED_OUT);
    }

    @Test
    void aRowThatOutlivedItsFactIsDeleted() {
        String token = open();
        SessionId id = find(token);
        var _ = endings.logOut(Token.hash(token), alice, now);
        commandSide.getBean(Commands.class).send(new CloseSession(id, SessionEnd.LOGGED_OUT, alice, now));
        triedLongAgo(id);
        ends.sweep();
        assertThat(isThere(id)).isFalse();
        assertThat(facts(id)).hasSize(2);
    }

    @Test
    void anIdleSessionExpiresByNobody() {
        String token = open();
        SessionId id = find(token);
        lastUsed(id, now.minus(Duration.ofDays(31)));
        assertThat(find(token)).isNull();
        ends.sweep();
        assertThat(isThere(id)).isFalse();
        SessionClosed closed = (SessionClosed) facts(id).getLast();
        assertThat(closed.reason()).isEqualTo(SessionEnd.EXPIRED);
        assertThat(closed.by()).isNull();
    }

    @Test
    void aRowWhoseOpeningWasNeverStoredExpiresWithoutAFact() {
        SessionId id = new SessionId(UUID.randomUUID());
        store.open(id, Token.hash(Token.make()), alice, null, now.minus(Duration.ofDays(31)));
        ends.sweep();
        assertThat(isThere(id)).isFalse();
        assertThat(facts(id)).isEmpty();
    }

    @Test
    void anOpeningWithAnUnknownOutcomeIsTakenBack() {
        Sessions unlucky = new Sessions(store, endings, brokenCommands(), properties(), Clock.systemUTC());
        assertThatThrownBy(() -> unlucky.open(alice, name, null)).isInstanceOf(RejectedException.class);
        SessionId id = new SessionId(jdbc.sql("select id from command_side.session where account = ?")
                .param(alice.value())
                .query(UUID.class)
                .single());
        commandSide.getBean(Commands.class).send(new OpenSession(id, alice, now));
        triedLongAgo(id);
        ends.sweep();
        assertThat(isThere(id)).isFalse();
        assertThat(facts(id)).as("the late fact has an end").hasSize(2);
    }

    @Test
    void nobodyLogsInToAnAccountThatIsGone() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> sessions.open(new AccountId(UUID.randomUUID()), "gone", null))
                .matches(refused -> refused.rejection().code() == RejectionCode.UNAVAILABLE);
    }

    @Test
    void manyNodesMaySweepAtOnce() throws Exception {
        List<SessionId> expired = Collections.nCopies(250, "").stream()
                .map(nothing -> new SessionId(UUID.randomUUID()))
                .toList();
        Commands commands = commandSide.getBean(Commands.class);
        for (SessionId id : expired) {
            store.open(id, Token.hash(Token.make()), alice, null, now.minus(Duration.ofDays(31)));
            commands.send(new OpenSession(id, alice, now));
        }
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : nodes.invokeAll(Collections.nCopies(4, (Callable<Long>) ends::sweep))) {
                assertThat(one.get()).isNotNegative();
            }
        }
        // The command side's own timer may have taken some of them, too.
        await().untilAsserted(() -> assertThat(expired).noneMatch(this::isThere));
        assertThat(expired).allMatch(id -> facts(id).size() == 2);
    }

    private String open() {
        return sessions.open(alice, name, "a test").token();
    }

    private SessionId find(String token) {
        var session = sessions.on(new FindSession(Token.hash(token))).session();
        return session == null ? null : session.id();
    }

    private boolean isThere(SessionId id) {
        return jdbc.sql("select exists (select from command_side.session where id = ?)")
                .param(id.value())
                .query(Boolean.class)
                .single();
    }

    private List<?> facts(SessionId id) {
        return commandSide
                .getBean(EventStore.class)
                .readEvents(id.toString())
                .asStream()
                .map(EventMessage::getPayload)
                .toList();
    }

    private void triedLongAgo(SessionId id) {
        jdbc.sql("update command_side.session set tried_at = ? where id = ?")
                .param(Timestamp.from(now.minus(SessionEnds.LEFT_AFTER).minusSeconds(1)))
                .param(id.value())
                .update();
    }

    private void lastUsed(SessionId id, Instant at) {
        jdbc.sql("update command_side.session set last_used_at = ? where id = ?")
                .param(Timestamp.from(at))
                .param(id.value())
                .update();
    }

    private CommandSideProperties properties() {
        return commandSide.getBean(CommandSideProperties.class);
    }

    /// Of which nobody knows what becomes of a command.
    private static Commands brokenCommands() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        for (Class<?> command : List.of(OpenSession.class, CloseSession.class)) {
            var _ = bus.subscribe(command.getName(), message -> {
                throw new CommandExecutionException("DEADLINE_EXCEEDED", null);
            });
        }
        return new Commands(DefaultCommandGateway.builder().commandBus(bus).build());
    }
}
