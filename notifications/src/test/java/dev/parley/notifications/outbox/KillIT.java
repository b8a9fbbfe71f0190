package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.axonserver.AxonServerNode;
import dev.parley.axonserver.AxonServerNodeProperties;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.notifications.TestDatabase;
import dev.parley.notifications.testing.ApnsMock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/// `kill -9` between every two steps of a push, under load: what was said before and while the process dies rings, and
/// what rings twice does so under one id. The process is real, and so are PostgreSQL and APNs's protocol.
class KillIT {

    private static final int PHONES = 5;
    private static final int MOST_MESSAGES_A_STEP = 2_000;

    @TempDir
    Path work;

    private final HikariDataSource database = TestDatabase.create();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final AxonServerNode node =
            AxonServerNode.start(AxonServerNodeProperties.with(Map.of("port", 0)), database);
    private final StoredEvents events = StoredEvents.on(node);
    private final AccountId alice = new AccountId(UUID.randomUUID());
    private final List<AccountId> others = new ArrayList<>();
    private final ConversationId tea = new ConversationId(UUID.randomUUID());
    private final Set<String> owed = new HashSet<>();
    private long teaSeq;

    @Test
    void nothingIsLostAndNothingRingsUnderTwoIds() throws Exception {
        try (ApnsMock apns = ApnsMock.start(work)) {
            try (Killable first = killable(apns, "-", 0)) {
                first.await(StoppingRole.STARTED);
                begin();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> count("select count(*) from notifications.recipient") == PHONES + 1);
                registerPhones();
            }
            for (Step step : Step.values()) {
                // The third time: some pushes have come all the way, and others are under way.
                try (Killable victim = killable(apns, step.name(), 2)) {
                    victim.await(StoppingRole.STARTED);
                    sayUntil(victim, StoppingBeans.STOPPED + step);
                }
            }
            try (Killable last = killable(apns, "-", 0)) {
                last.await(StoppingRole.STARTED);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(states()).isEqualTo(Map.of("sent sent", (long) owed.size())));
            }
            check(apns);
            replayThreeTimes(apns);
        } finally {
            events.close();
            node.close();
            database.close();
        }
    }

    /// Twice the process is killed on its way through history, and the third time it comes to the end.
    private void replayThreeTimes(ApnsMock apns) throws Exception {
        String rows = rows();
        int arrived = apns.received().size();
        for (int time = 1; time <= 3; time++) {
            jdbc.update("delete from axon.token_entry where processorname in ('push', 'push-late')");
            long enough = time < 3 ? teaSeq / 2 : teaSeq;
            try (Killable replaying = killable(apns, "-", 0)) {
                replaying.await(StoppingRole.STARTED);
                await().atMost(Duration.ofSeconds(60)).until(() -> position("push") >= enough);
                if (time == 3) {
                    await().atMost(Duration.ofSeconds(60)).until(() -> position("push-late") >= enough);
                }
            }
        }
        assertThat(rows()).as("a replay adds no row and changes none").isEqualTo(rows);
        assertThat(apns.received()).as("and sends nothing").hasSize(arrived);
    }

    /// How far a reader has come, from its token.
    private long position(String reader) {
        List<String> tokens = jdbc.queryForList(
                "select encode(token, 'escape') from axon.token_entry where processorname = ? and token is not null",
                String.class,
                reader);
        return tokens.stream()
                .mapToLong(token -> Long.parseLong(token.replaceAll("\\D", "")))
                .max()
                .orElse(-1);
    }

    private String rows() {
        return jdbc.queryForList(
                        "select (id, state, reason, shown, attempts, ended_at)::text from notifications.outbox order by id",
                        String.class)
                .toString();
    }

    private Killable killable(ApnsMock apns, String step, int times) throws IOException {
        return Killable.start(database, node.port(), apns, step, times);
    }

    private void check(ApnsMock apns) {
        Map<String, Set<String>> ids = new HashMap<>();
        for (ApnsMock.Received push : apns.received()) {
            String pair =
                    push.deviceToken() + " " + push.payload().path("message").asString();
            ids.computeIfAbsent(pair, key -> new HashSet<>()).add(String.valueOf(push.apnsId()));
            assertThat(push.collapseId()).isEqualTo(tea.toString());
        }
        assertThat(ids.keySet())
                .as("everything owed has rung, and nothing else")
                .isEqualTo(owed);
        assertThat(ids.values())
                .as("a repeat carries the same id")
                .allSatisfy(of -> assertThat(of).hasSize(1));
        assertThat(apns.received().size()).as("some were repeated").isGreaterThan(owed.size());
        assertThat(count("select pairs from notifications.tally where outcome = 'eligible'"))
                .isEqualTo(owed.size());
        assertThat(count("select pairs from notifications.tally where outcome = 'sent'"))
                .as("each was counted once")
                .isEqualTo(owed.size());
        System.out.printf(
                "killed at %d steps: %d owed, %d arrived, %d repeated under the same id%n",
                Step.values().length,
                owed.size(),
                apns.received().size(),
                apns.received().size() - owed.size());
    }

    private void begin() {
        Instant now = Instant.now();
        List<Member> members = new ArrayList<>(List.of(new Member(alice, MemberRole.OWNER)));
        append(alice.toString(), 0, new AccountRegistered(alice, "alice", "Alice", null, now));
        for (int i = 0; i < PHONES; i++) {
            AccountId account = new AccountId(UUID.randomUUID());
            others.add(account);
            members.add(new Member(account, MemberRole.MEMBER));
        }
        append(
                tea.toString(),
                teaSeq++,
                new ConversationStarted(tea, ConversationKind.GROUP, "Tea", alice, members, now));
    }

    private void registerPhones() {
        for (AccountId account : others) {
            jdbc.update(
                    "insert into notifications.device (account, device, platform, token, token_hash, updated_at) values (?, 'phone', 'apns', ?, ?, now())",
                    account.value(),
                    token(account),
                    token(account).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    /// The load goes on while the victim stops, so that some of it is under way when it dies.
    private void sayUntil(Killable victim, String stopped) throws InterruptedException {
        for (int i = 0; i < MOST_MESSAGES_A_STEP; i++) {
            MessageId message = MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
            append(tea.toString(), teaSeq, new MessageSent(tea, message, alice, "message " + teaSeq, Instant.now()));
            teaSeq++;
            others.forEach(account -> owed.add(token(account) + " " + message));
            if (victim.says(stopped)) {
                return;
            }
        }
        victim.await(stopped);
    }

    private void append(String aggregate, long seq, Fact fact) {
        events.append(aggregate, seq, fact);
    }

    private static String token(AccountId account) {
        return (account.toString() + account).replace("-", "");
    }

    /// How many rows ended how.
    private Map<String, Long> states() {
        Map<String, Long> states = new HashMap<>();
        jdbc.query("select concat_ws(' ', state, reason), count(*) from notifications.outbox group by 1", row -> {
            states.put(row.getString(1), row.getLong(2));
        });
        return states;
    }

    private long count(String sql) {
        Long count = jdbc.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }

    /// A process whose output is read.
    private record Killable(Process process, LinkedBlockingQueue<String> lines) implements AutoCloseable {

        static Killable start(HikariDataSource database, int axonServer, ApnsMock apns, String step, int times)
                throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    StoppingRole.class.getName(),
                    database.getJdbcUrl(),
                    database.getUsername(),
                    String.valueOf(database.getPassword()),
                    step,
                    Integer.toString(times)));
            Map<String, Object> settings = new HashMap<>(apns.settings("parley.notifications."));
            settings.put("parley.notifications.outbox.lease", "3s");
            settings.put("parley.notifications.outbox.send-timeout", "2s");
            settings.put("parley.notifications.outbox.in-flight", "20");
            settings.forEach((name, value) -> command.add(name + "=" + value));
            command.add("axon.axonserver.servers=localhost:" + axonServer);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
            Thread.ofVirtual().start(() -> {
                try (BufferedReader output = process.inputReader()) {
                    output.lines().forEach(lines::add);
                } catch (IOException e) {
                    lines.add(e.toString());
                }
            });
            return new Killable(process, lines);
        }

        /// Waits a moment for a line.
        boolean says(String wanted) throws InterruptedException {
            String line = lines.poll(20, TimeUnit.MILLISECONDS);
            return line != null && line.equals(wanted);
        }

        void await(String wanted) throws InterruptedException {
            List<String> seen = new ArrayList<>();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            while (System.nanoTime() < until) {
                String line = lines.poll(1, TimeUnit.SECONDS);
                if (line != null) {
                    seen.add(line);
                    if (line.equals(wanted)) {
                        return;
                    }
                } else if (!process.isAlive()) {
                    break;
                }
            }
            throw new AssertionError("No '" + wanted + "' but:\n" + String.join("\n", seen));
        }

        /// SIGKILL.
        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
