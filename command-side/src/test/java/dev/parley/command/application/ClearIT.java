package dev.parley.command.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.command.account.NickAccounts;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.era.Era;
import dev.parley.command.era.Eras;
import dev.parley.command.game.Games;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.game.GameCommand.TakeSeat;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClearIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final JdbcClient jdbc = commandSide.getBean(JdbcClient.class);
    private final Eras eras = commandSide.getBean(Eras.class);
    private final Games games = commandSide.getBean(Games.class);
    private final ClearSweep sweep = commandSide.getBean(ClearSweep.class);
    private final EventStore eventStore = commandSide.getBean(EventStore.class);
    private final String name = "alice-" + UUID.randomUUID().toString().substring(0, 8);
    private Caller importer;

    @Test
    void everythingIsGoneAndNamesAreFree() {
        Caller alice = Caller.register(commandSide, name);
        AccountId account = AccountId.of(alice.account());
        GameId game = games.create("blitz", account);
        for (int time = 1; time <= 2; time++) {
            long before = eras.current().number();
            clear();
            assertThat(eras.current()).returns(before + 1, Era::number).returns(true, Era::announced);
            assertThat(lastCleared()).isEqualTo(before + 1);
            assertThat(usernames()).containsExactly("admin");
            assertThat(jdbc.sql("select count(*) from command_side.session")
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(jdbc.sql("select role from command_side.account_role")
                            .query(String.class)
                            .list())
                    .containsExactly("ADMIN");
        }
        refuses(() -> games.create("blitz", account), RejectionCode.UNAUTHENTICATED);
        AccountId again = AccountId.of(Caller.register(commandSide, name).account());
        assertThat(again).isNotEqualTo(account);
        refuses(() -> games.join(game.value(), Seat.WHITE, again), RejectionCode.INVALID);
        GameId next = games.create("blitz", again);
        assertThat(next.value()).isGreaterThan(game.value());
        games.join(next.value(), Seat.WHITE, again);
    }

    @Test
    void whatACrashCutOffIsFinished() {
        AccountId alice = AccountId.of(Caller.register(commandSide, name).account());
        SmartLifecycle timer = sweepTimer();
        timer.stop();
        try {
            Era begun = commandSide.getBean(ClearStore.class).begin();
            assertThat(eras.current()).isEqualTo(begun);
            refuses(() -> games.create("too early", alice), RejectionCode.UNAVAILABLE);
            NickAccounts nicks = commandSide.getBean(NickAccounts.class);
            refuses(() -> nicks.register(name, List.of("bob")), RejectionCode.UNAVAILABLE);
            sweep.sweep();
            assertThat(eras.current().announced()).isTrue();
            assertThat(lastCleared()).isEqualTo(begun.number());
            assertThat(usernames()).containsExactly("admin");
        } finally {
            timer.start();
        }
    }

    @Test
    void theSweepLooksByItself() {
        commandSide.getBean(ClearStore.class).begin();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> eras.current().announced() && usernames().contains("admin"));
    }

    @Test
    void clearsThatMeetAllSucceed() throws Exception {
        long before = eras.current().number();
        Clearing clearing = commandSide.getBean(Clearing.class);
        Callable<Boolean> clear = () -> {
            clearing.clear();
            return true;
        };
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : people.invokeAll(Collections.nCopies(4, clear))) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(eras.current()).returns(before + 4, Era::number).returns(true, Era::announced);
        assertThat(lastCleared()).isEqualTo(before + 4);
        assertThat(usernames()).containsExactly("admin");
    }

    @Test
    void withoutTheEventStoreNothingIsCleared() {
        Caller.register(commandSide, name);
        EventStore away = mock(EventStore.class);
        when(away.createHeadToken()).thenThrow(new EventStoreException("away"));
        Clearing clearing = new Clearing(
                new ClearProperties(true),
                commandSide.getBean(ClearStore.class),
                commandSide.getBean(Announcement.class),
                away);
        refuses(clearing::clear, RejectionCode.UNAVAILABLE);
        assertThat(usernames()).contains(name);
    }

    @Test
    void aSeatOfBeforeIsNotTakenToItsConversationAndStopsNoOther() {
        Commands commands = commandSide.getBean(Commands.class);
        AccountId alice = AccountId.of(Caller.register(commandSide, name).account());
        GameId old = games.create("old", alice);
        clear();
        commands.send(new TakeSeat(old, Seat.WHITE, alice, Instant.now()));
        AccountId again = AccountId.of(Caller.register(commandSide, name).account());
        GameId fresh = games.create("new", again);
        commands.send(new TakeSeat(fresh, Seat.WHITE, again, Instant.now()));
        await().atMost(Duration.ofSeconds(20)).until(() -> talks(fresh));
        assertThat(talks(old)).isFalse();
    }

    @Test
    void anArchiveIsImportedAgainAfterAClear() {
        String path = "/api/v1/admin/imports/irc-" + name;
        Answer first = imported(path);
        assertThat(imported(path).json().path("skipped").asInt()).isEqualTo(2);
        clear();
        Answer again = imported(path);
        assertThat(again.json().path("imported").asInt()).isEqualTo(2);
        assertThat(again.json().path("conversation")).isNotEqualTo(first.json().path("conversation"));
        assertThat(usernames()).contains("Zed@irc-" + name);
    }

    private SmartLifecycle sweepTimer() {
        return commandSide.getBeansOfType(SmartLifecycle.class).values().stream()
                .filter(bean -> bean.getClass().getSimpleName().equals("SweepTimer"))
                .findFirst()
                .orElseThrow();
    }

    private Answer imported(String path) {
        if (importer == null || !usernames().contains(importer.username())) {
            String fresh = "importer-" + UUID.randomUUID().toString().substring(0, 8);
            importer = Caller.register(commandSide, fresh).asAdmin();
        }
        assertThat(importer.call("POST", path, Map.of("title", "IRC")).status()).isIn(200, 201);
        Answer nicks = importer.call("POST", path + "/accounts", Map.of("nicks", List.of("Zed")));
        String nick = nicks.json().at("/accounts/Zed").asString();
        assertThat(eventStore.lastSequenceNumberFor(nick)).hasValue(0L);
        return importer.call("POST", path + "/messages", Map.of("messages", List.of(line(1, nick), line(2, nick))));
    }

    private static Map<String, Object> line(long number, String sender) {
        MessageId id = MessageId.at(1_100_480_400_000L + number, new UUID(0, number));
        return Map.of(
                "message", id.toString(), "sender", sender, "body", "b", "line", number, "at", "2004-11-15T01:00:00Z");
    }

    private void clear() {
        Answer answer = Caller.nobody(commandSide).call("DELETE", "/db", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo("{}");
    }

    private List<String> usernames() {
        return jdbc.sql("select username from command_side.account where registered_at is not null")
                .query(String.class)
                .list();
    }

    /// The era of the last fact of its kind.
    private long lastCleared() {
        return eventStore
                .readEvents("application")
                .asStream()
                .map(message -> (ApplicationCleared) message.getPayload())
                .toList()
                .getLast()
                .era();
    }

    private boolean talks(GameId game) {
        GameCreated created =
                (GameCreated) eventStore.readEvents(game.toString()).peek().getPayload();
        return eventStore
                .lastSequenceNumberFor(created.conversation().toString())
                .isPresent();
    }

    private static void refuses(Runnable request, RejectionCode code) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(request::run)
                .matches(refused -> refused.rejection().code() == code);
    }
}
