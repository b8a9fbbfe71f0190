package dev.parley.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.signal.Signal.DeviceClaimed;
import dev.parley.delivery.signal.SignalListener;
import dev.parley.delivery.signal.SignalNotifier;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.embedded.EmbeddedPostgresSettings;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.query.Attendance;
import dev.parley.messages.query.FindAttendance;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.RawSocket;
import dev.parley.testing.SecondNode;
import dev.parley.testing.TestApp;
import dev.parley.testing.TestClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;

/// Two gateway nodes on one PostgreSQL, of their own: it is stopped and started again here, and one node dies.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static EmbeddedPostgresSettings settings;
    private static EmbeddedPostgres postgres;
    private static ServletWebServerApplicationContext first;
    private static ServletWebServerApplicationContext second;
    private static CommandSideStandIn side;

    @BeforeAll
    static void start() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "nodes");
        settings = EmbeddedPostgresSettings.of(folder.resolve("postgres"));
        postgres = EmbeddedPostgres.start(settings);
        settings = settings.withPort(postgres.port());
        first = (ServletWebServerApplicationContext) SpringApplication.run(TestApp.class, arguments());
        second = SecondNode.beside(
                first,
                Stream.concat(
                                Stream.of(arguments()),
                                Stream.of("--parley.delivery.socket.ping=200ms", "--parley.delivery.socket.silence=2s"))
                        .toArray(String[]::new));
        side = first.getBean(CommandSideStandIn.class);
        await().until(() -> listening(first) && listening(second));
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        postgres.close();
    }

    private static String[] arguments() {
        return new String[] {
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--spring.threads.virtual.enabled=true",
            "--spring.flyway.enabled=false",
            "--axon.axonserver.enabled=false",
            "--axon.update-check.disabled=true",
            "--spring.datasource.url=" + postgres.jdbcUrl(),
            "--spring.datasource.username=" + postgres.user(),
            "--spring.datasource.password=" + postgres.password(),
            "--spring.datasource.hikari.connection-timeout=1000",
            "--parley.delivery.shutdown.drain=500ms",
            "--parley.delivery.presence.heartbeat=300ms",
            "--parley.delivery.presence.dead=3s",
            "--parley.delivery.presence.grace=500ms",
            "--parley.delivery.presence.patience=1500ms",
            "--parley.delivery.presence.look=100ms"
        };
    }

    private static boolean listening(ServletWebServerApplicationContext node) {
        return node.getBean(MeterRegistry.class)
                        .get("parley.delivery.signals.listening")
                        .gauge()
                        .value()
                == 1;
    }

    private static TestClient client(ServletWebServerApplicationContext node) {
        return TestClient.connect(HTTP, node.getWebServer().getPort());
    }

    /// Connected and live, from the newest event on.
    private static TestClient live(ServletWebServerApplicationContext node, String token, String device) {
        long head = first.getBean(EventStore.class).createHeadToken().position().orElseThrow();
        TestClient client = client(node).hello(token, device, head);
        client.untilCaughtUp();
        return client;
    }

    /// Later than clocks are wrong.
    private static TestClient muchLater(Supplier<TestClient> connect) {
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        return connect.get();
    }

    /// The conversation, once the table of members has it.
    private static ConversationId start(AccountId... members) {
        ConversationId conversation = side.start(members);
        await().until(() -> first.getBean(PresenceStore.class).isMember(conversation, members[members.length - 1]));
        return conversation;
    }

    private static void assertPresence(TestClient client, AccountId account, boolean online) {
        JsonNode signal = client.nextPresence();
        assertThat(signal.get("type").stringValue()).isEqualTo("signal");
        assertThat(signal.get("account").stringValue()).isEqualTo(account.toString());
        assertThat(signal.get("online").booleanValue()).as(signal.toString()).isEqualTo(online);
        assertThat(signal.has("lastActive")).isNotEqualTo(online);
    }

    private static boolean online(ConversationId conversation, AccountId account) {
        return first.getBean(PresenceStore.class).members(conversation, null, 10).stream()
                .anyMatch(present -> present.account().equals(account) && present.online());
    }

    private static long claims(AccountId account) {
        return first.getBean(JdbcClient.class)
                .sql("select count(*) from delivery.claim where account = ?")
                .param(account.value())
                .query(Long.class)
                .single();
    }

    @Test
    @Order(1)
    void typingReachesMembersOnBothNodesOnce() {
        AccountId ann = side.account("ann");
        ConversationId talk = start(ann, side.account("bob"), side.account("carl"));
        try (TestClient anns = live(first, "ann", "phone");
                TestClient annsOther = live(second, "ann", "laptop");
                TestClient bobs = live(first, "bob", "phone");
                TestClient carls = live(second, "carl", "phone")) {
            anns.say("{'type':'typing','conversation':'%s','on':true}", talk);
            for (TestClient other : List.of(bobs, carls)) {
                JsonNode signal = other.next("signal");
                assertThat(signal.get("signal").stringValue()).isEqualTo("typing");
                assertThat(signal.get("conversation").stringValue()).isEqualTo(talk.toString());
                assertThat(signal.get("account").stringValue()).isEqualTo(ann.toString());
                assertThat(signal.get("on").booleanValue()).isTrue();
            }
            carls.say("{'type':'typing','conversation':'%s','on':true}", talk);
            assertThat(bobs.next("signal").get("account").stringValue())
                    .isEqualTo(side.account("carl").toString());
            anns.next("signal");
            annsOther.next("signal");
            for (TestClient each : List.of(anns, annsOther, bobs, carls)) {
                each.say("{'type':'ping'}").next("pong");
            }
        }
    }

    @Test
    @Order(2)
    void newerSocketOnTheOtherNodeReplacesTheOlder() {
        AccountId dora = side.account("dora");
        try (TestClient older = live(first, "dora", "phone");
                TestClient laptop = live(first, "dora", "laptop")) {
            try (TestClient newer = live(second, "dora", "phone")) {
                assertThat(older.closeCode()).isEqualTo(4501);
                try (TestClient newest = live(first, "dora", "phone")) {
                    assertThat(newer.closeCode()).isEqualTo(4501);
                    newest.say("{'type':'ping'}").next("pong");
                    laptop.say("{'type':'ping'}").next("pong");
                    assertThat(claims(dora)).isEqualTo(2);
                }
            }
        }
        await().until(() -> claims(dora) == 0);
    }

    @Test
    @Order(2)
    void helloThatWasHeldUpDoesNotTakeTheDeviceFromANewerSocket() {
        AccountId ella = side.account("ella");
        for (ServletWebServerApplicationContext node : List.of(first, second)) {
            try (TestClient givenUp = client(node);
                    TestClient newer = muchLater(() -> live(second, "ella", "phone"))) {
                givenUp.say("{'type':'hello','token':'ella','device':'phone'}");
                assertThat(givenUp.closeCode()).isEqualTo(4501);
                newer.say("{'type':'ping'}").next("pong");
            }
            await().until(() -> claims(ella) == 0);
        }
    }

    @Test
    @Order(3)
    void whatIsHeardLateOrMadeUpClosesNothing() {
        AccountId dan = side.account("dan");
        MeterRegistry meters = first.getBean(MeterRegistry.class);
        try (TestClient phone = live(first, "dan", "phone")) {
            double heard = meters.counter("parley.delivery.signals.heard").count();
            double unreadable =
                    meters.counter("parley.delivery.signals.unreadable").count();
            second.getBean(SignalNotifier.class)
                    .announce(List.of(
                            new DeviceClaimed(new DeviceKey(dan, "phone"), 0),
                            new DeviceClaimed(new DeviceKey(dan, "phone"), Long.MAX_VALUE)));
            second.getBean(JdbcClient.class)
                    .sql("select pg_notify('parley_signal', 'nonsense')")
                    .query((row, number) -> number)
                    .list();
            await().until(() -> meters.counter("parley.delivery.signals.heard").count() >= heard + 2
                    && meters.counter("parley.delivery.signals.unreadable").count() > unreadable);
            await().during(Duration.ofMillis(200)).until(phone::isOpen);
            phone.say("{'type':'ping'}").next("pong");
        }
    }

    @Test
    @Order(4)
    void twoHellosAtOnceOnTwoNodesLeaveExactlyOne() throws Exception {
        AccountId emil = side.account("emil");
        List<TestClient> left = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 50; round++) {
                List<TestClient> both = List.of(client(first), client(second));
                for (CompletableFuture<TestClient> said : both.stream()
                        .map(each -> CompletableFuture.supplyAsync(
                                () -> each.say("{'type':'hello','token':'emil','device':'phone'}"), threads))
                        .toList()) {
                    said.get(10, TimeUnit.SECONDS);
                }
                left.addAll(both);
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> left.stream().filter(TestClient::isOpen).count() == 1);
                TestClient winner =
                        left.stream().filter(TestClient::isOpen).findFirst().orElseThrow();
                assertThat(both).as("round %d", round).contains(winner);
                winner.say("{'type':'ping'}").next("welcome");
                assertThat(Stream.of(winner.next(), winner.next())
                                .map(frame -> frame.get("type").stringValue()))
                        .containsExactlyInAnyOrder("caught_up", "pong");
                left.stream()
                        .filter(each -> each != winner)
                        .forEach(each -> assertThat(each.closeCode()).isIn(4501, 4003));
                left.removeIf(each -> each != winner);
            }
        }
        assertThat(claims(emil)).isOne();
        left.forEach(TestClient::close);
        await().until(() -> claims(emil) == 0);
    }

    @Test
    @Order(5)
    void removalAndLogoutReachTheOtherNode() {
        AccountId fred = side.account("fred");
        AccountId gina = side.account("gina");
        ConversationId talk = start(gina, fred);
        try (TestClient freds = live(second, "fred", "phone");
                TestClient ginas = live(second, "gina", "phone")) {
            side.remove(talk, fred);
            side.say(talk, gina, "without him");
            assertThat(freds.next("event").get("event").stringValue()).isEqualTo("member-removed");
            ginas.next("event");
            ginas.next("event");
            freds.say("{'type':'typing','conversation':'%s','on':true}", talk);
            freds.say("{'type':'ping'}").next("pong");
            ginas.say("{'type':'ping'}").next("pong");
            side.logout("fred");
            assertThat(freds.closeCode()).isEqualTo(4500);
        }
    }

    @Test
    @Order(6)
    void thoseWhoShareAConversationSeeWhoComesAndGoes() throws Exception {
        AccountId hans = side.account("hans");
        AccountId ida = side.account("ida");
        side.account("stranger");
        ConversationId talk = start(ida, hans);
        try (TestClient hanss = live(first, "hans", "phone");
                TestClient strangers = live(first, "stranger", "phone")) {
            TestClient phone = live(second, "ida", "phone");
            assertPresence(hanss, ida, true);
            TestClient laptop = live(first, "ida", "laptop");
            phone.close();
            assertThat(online(talk, ida)).isTrue();
            laptop.close();
            laptop = live(second, "ida", "laptop"); // within the grace
            await().during(Duration.ofSeconds(1)).until(() -> hanss.presences().isEmpty());
            laptop.close();
            assertPresence(hanss, ida, false);
            assertThat(strangers.presences()).isEmpty();

            PresenceController controller = first.getBean(PresenceController.class);
            MockMvcBuilders.standaloneSetup(controller)
                    .build()
                    .perform(get("/api/v1/conversations/{id}/presence", talk).principal(hans::toString))
                    .andExpect(jsonPath("$.members.length()").value(2))
                    .andExpect(jsonPath("$.next").doesNotExist())
                    .andExpect(jsonPath("$.members[?(@.account=='%s')].online", hans)
                            .value(true))
                    .andExpect(jsonPath("$.members[?(@.account=='%s')].online", ida)
                            .value(false))
                    .andExpect(jsonPath("$.members[?(@.account=='%s')].lastActive", ida)
                            .isNotEmpty());
            assertThatThrownBy(
                            () -> controller.presence(talk.toString(), null, null, side.account("stranger")::toString))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("no member");
            assertThatThrownBy(() -> controller.presence(talk.toString(), null, "soon", hans::toString))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("position");
            ConversationId fresh = side.start(ida, hans);
            long written =
                    first.getBean(EventStore.class).createHeadToken().position().orElseThrow();
            assertThat(controller
                            .presence(fresh.toString(), null, Long.toString(written), hans::toString)
                            .members())
                    .hasSize(2);
        }
    }

    @Test
    @Order(6)
    void whatIsNotRestoredIsNotAnnounced() {
        AccountId kate = side.account("kate");
        side.start(kate);
        DeviceKey phone = new DeviceKey(kate, "phone");
        long head = first.getBean(EventStore.class).createHeadToken().position().orElseThrow();
        ClaimStore store = second.getBean(ClaimStore.class);
        List<Claim> claims = store.claim(List.of(new ClaimStore.Wanted(phone, head, System.nanoTime())));
        JdbcClient jdbc = first.getBean(JdbcClient.class);
        jdbc.sql("delete from delivery.presence where account = ?")
                .param(kate.value())
                .update();
        Claim older = new Claim(phone, claims.getFirst().number() - 1, head);
        first.getBean(ClaimStore.class).restore(List.of(older));
        assertThat(jdbc.sql("select count(*) from delivery.presence where account = ?")
                        .param(kate.value())
                        .query(Long.class)
                        .single())
                .isZero();
        store.release(claims, Duration.ZERO);
    }

    @Test
    @Order(7)
    void socketThatGoesSilentIsFound() throws Exception {
        AccountId jon = side.account("jon");
        FindAttendance query = new FindAttendance(Set.of(jon));
        QueryGateway queries = second.getBean(QueryGateway.class);
        try (RawSocket silent = new RawSocket(second.getWebServer().getPort())) {
            silent.say("{'type':'hello','token':'jon','device':'phone'}");
            await().until(() ->
                    !queries.query(query, Attendance.class).join().present().isEmpty());
            long start = System.nanoTime();
            assertThat(silent.closeCode()).isEqualTo(4002);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(1_000L, 6_000L);
            assertThat(queries.query(query, Attendance.class).join().present()).isEmpty();
        }
    }

    @Test
    @Order(8)
    void postgresMayGoAndComeBack() {
        AccountId kim = side.account("kim");
        AccountId lou = side.account("lou");
        ConversationId talk = start(kim, lou);
        try (TestClient kims = live(first, "kim", "phone");
                TestClient lous = live(second, "lou", "phone");
                TestClient other = live(second, "kim", "laptop")) {
            postgres.close();
            await().until(() -> !listening(first) && !listening(second));
            try (TestClient late = client(first).say("{'type':'hello','token':'kim','device':'tablet'}")) {
                assertThat(late.closeCode()).isEqualTo(4003);
            }
            postgres = EmbeddedPostgres.start(settings);
            // Lost while nobody listened: the device is another's now.
            JdbcClient.create(new DriverManagerDataSource(postgres.jdbcUrl(), postgres.user(), postgres.password()))
                    .sql("update delivery.claim set number = number + 1, node = gen_random_uuid()"
                            + " where account = ? and device = 'laptop'")
                    .param(kim.value())
                    .update();
            await().atMost(Duration.ofSeconds(20)).until(() -> listening(first) && listening(second));
            assertThat(other.closeCode()).isEqualTo(4501);
            kims.say("{'type':'typing','conversation':'%s','on':true}", talk);
            assertThat(lous.next("signal").get("account").stringValue()).isEqualTo(kim.toString());
            try (TestClient newer = live(second, "kim", "phone")) {
                assertThat(kims.closeCode()).isEqualTo(4501);
                newer.say("{'type':'ping'}").next("pong");
            }
        }
    }

    @Test
    @Order(9)
    void accountsOfANodeThatDiedAreSoonOffline() {
        AccountId max = side.account("max");
        AccountId neo = side.account("neo");
        ConversationId talk = start(max, neo);
        try (TestClient maxs = live(first, "max", "phone");
                TestClient neos = live(second, "neo", "phone")) {
            assertPresence(maxs, neo, true);
            neos.say("{'type':'ping'}").next("pong");
            // As after kill -9: no sign of life, and nothing written any more.
            second.getBean(SignalListener.class).close();
            second.getBean(HikariDataSource.class).close();
            long start = System.nanoTime();
            assertThat(online(talk, neo)).isTrue();
            assertPresence(maxs, neo, false);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isLessThan(3 + 5);
            assertThat(online(talk, neo)).isFalse();
            assertThat(claims(neo)).isZero();
            assertThat(claims(max)).isOne();
        }
    }
}
