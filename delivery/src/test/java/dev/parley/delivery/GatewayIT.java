package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.query.Attendance;
import dev.parley.messages.query.Cursors;
import dev.parley.messages.query.FindAttendance;
import dev.parley.messages.query.FindCursors;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.Servers;
import dev.parley.testing.TestApp;
import dev.parley.testing.TestClient;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// The gateway over real sockets, on Tomcat and PostgreSQL.
class GatewayIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ServletWebServerApplicationContext app;
    private static CommandSideStandIn side;
    private static int port;

    @BeforeAll
    static void start() {
        app = run(
                "--parley.delivery.ring.events=50",
                "--parley.delivery.socket.hello=5s",
                "--parley.delivery.send.in-flight=4");
        side = app.getBean(CommandSideStandIn.class);
        port = app.getWebServer().getPort();
        AccountId nobody = side.account("nobody");
        TestClient first = client().hello("nobody", "d", -1);
        first.next("caught_up");
        first.close();
        assertThat(nobody).isNotNull();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    static ServletWebServerApplicationContext run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.threads.virtual.enabled=true",
                "--spring.flyway.enabled=false",
                "--axon.axonserver.enabled=false",
                "--axon.update-check.disabled=true",
                "--spring.datasource.url=" + Servers.postgres().jdbcUrl(),
                "--spring.datasource.username=" + Servers.postgres().user(),
                "--spring.datasource.password=" + Servers.postgres().password()));
        arguments.addAll(List.of(more));
        return (ServletWebServerApplicationContext)
                SpringApplication.run(TestApp.class, arguments.toArray(String[]::new));
    }

    static TestClient client() {
        return TestClient.connect(HTTP, port);
    }

    private static long head() {
        return app.getBean(EventStore.class).createHeadToken().position().orElseThrow();
    }

    private static String message(ConversationId conversation, MessageId id, String body) {
        return "{'type':'send','id':'%s','conversation':'%s','body':'%s'}".formatted(id, conversation, body);
    }

    private static MessageId id() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
    }

    @Test
    void messageIsAcceptedAndReachesEveryDeviceOfEveryMember() {
        AccountId ann = side.account("ann");
        AccountId bob = side.account("bob");
        ConversationId tea = side.start(ann, bob);
        long head = head();
        try (TestClient phone = client().hello("ann", "phone", head);
                TestClient laptop = client().hello("ann", "laptop", head);
                TestClient bobs = client().hello("bob", "phone", head)) {
            List.of(phone, laptop, bobs).forEach(TestClient::untilCaughtUp);
            MessageId id = id();
            phone.say(message(tea, id, "Grüße 👋"));
            List<JsonNode> answers = List.of(phone.next(), phone.next());
            assertThat(answers)
                    .extracting(frame -> frame.get("type").stringValue())
                    .containsExactlyInAnyOrder("accepted", "event");
            for (TestClient other : List.of(laptop, bobs)) {
                JsonNode event = other.next("event");
                assertThat(event.get("event").stringValue()).isEqualTo("message");
                assertThat(event.get("seq").longValue()).isEqualTo(1);
                assertThat(event.get("position").longValue()).isEqualTo(head());
                assertThat(event.get("data").get("body").stringValue()).isEqualTo("Grüße 👋");
                assertThat(event.get("data").get("id").stringValue()).isEqualTo(id.toString());
                assertThat(event.get("at").stringValue()).matches(".*T.*\\.\\d{3}Z");
            }
        }
    }

    @Test
    void whatWasMissedComesInOrderAndOnceWhileMoreIsSaid() throws InterruptedException {
        AccountId carl = side.account("carl");
        AccountId dora = side.account("dora");
        ConversationId talk = side.start(carl, dora);
        ConversationId other = side.start(dora);
        long from = head();
        for (int i = 0; i < 400; i++) {
            side.say(i % 2 == 0 ? talk : other, dora, "m" + i);
        }
        Thread talker = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 400; i++) {
                side.say(i % 2 == 0 ? talk : other, dora, "n" + i);
            }
            side.say(talk, dora, "end");
        });
        try (TestClient client = client().hello("carl", "phone", from)) {
            List<Long> seqs = new ArrayList<>();
            int caughtUp = 0;
            boolean ended = false;
            while (!ended || caughtUp == 0) {
                JsonNode frame = client.next();
                if (frame.get("type").stringValue().equals("caught_up")) {
                    caughtUp++;
                    continue;
                }
                seqs.add(frame.get("seq").longValue());
                client.ack(frame.get("position").longValue());
                ended |= frame.get("data").get("body").stringValue().equals("end");
            }
            assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, 401).boxed().toList());
            assertThat(caughtUp).isEqualTo(1);
        }
        talker.join();
    }

    @Test
    void deviceThatDoesNotAcknowledgeGetsItsWindowAndLaterTheRest() {
        AccountId eve = side.account("eve");
        ConversationId talk = side.start(eve);
        long from = head();
        try (TestClient client = client()) {
            client.say("{'type':'hello','token':'eve','device':'slow','position':%d,'window':10}", from);
            client.next("welcome");
            client.next("caught_up");
            for (int i = 0; i < 200; i++) {
                side.say(talk, eve, "m" + i);
            }
            List<Long> got = new ArrayList<>();
            while (got.size() < 200) {
                int batch = Math.min(10, 200 - got.size());
                await().until(() -> client.waiting() >= batch);
                client.say("{'type':'typing','conversation':'%s','on':true}", talk.toString());
                assertThat(client.waiting()).isEqualTo(batch);
                long last = 0;
                for (int i = 0; i < batch; i++) {
                    JsonNode event = client.next("event");
                    got.add(event.get("seq").longValue());
                    last = event.get("position").longValue();
                }
                client.ack(last);
            }
            assertThat(got).isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
        }
    }

    @Test
    void removedMemberSeesItsRemovalAndNothingNewer() {
        AccountId finn = side.account("finn");
        AccountId gil = side.account("gil");
        ConversationId talk = side.start(finn);
        try (TestClient client = client().hello("gil", "phone", head())) {
            client.untilCaughtUp();
            side.say(talk, finn, "before");
            side.add(talk, gil);
            side.say(talk, finn, "hello");
            side.remove(talk, gil);
            side.say(talk, finn, "secret");
            side.add(talk, gil);
            for (String event : List.of("member-added", "message", "member-removed", "member-added")) {
                assertThat(client.next("event").get("event").stringValue()).isEqualTo(event);
            }
        }
        try (TestClient again = client().hello("gil", "tablet", -1)) {
            assertThat(again.untilCaughtUp()).hasSize(4);
        }
    }

    @Test
    void newerSocketOfADeviceReplacesTheOlder() {
        side.account("hal");
        try (TestClient old = client().hello("hal", "phone", head());
                TestClient tablet = client().hello("hal", "tablet", head());
                TestClient young = client().hello("hal", "phone", head())) {
            assertThat(old.closeCode()).isEqualTo(4501);
            young.next("caught_up");
            tablet.next("caught_up");
            tablet.say("{'type':'ping'}");
            assertThat(tablet.next("pong").get("position").longValue()).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void acknowledgedPositionsAreAnsweredAndKept() {
        AccountId ida = side.account("ida");
        ConversationId talk = side.start(ida);
        QueryGateway queries = app.getBean(QueryGateway.class);
        long position;
        try (TestClient client = client().hello("ida", "phone", head())) {
            client.untilCaughtUp();
            side.say(talk, ida, "x");
            position = client.next("event").get("position").longValue();
            client.ack(position);
            await().untilAsserted(() -> assertThat(queries.query(new FindAttendance(Set.of(ida)), Attendance.class)
                            .join()
                            .present())
                    .containsExactly(new Attendance.Present(ida, "phone", position)));
            client.ack(position + 1000);
            assertThat(client.next("problem").get("field").stringValue()).isEqualTo("position");
        }
        await().untilAsserted(() -> assertThat(queries.query(new FindAttendance(Set.of(ida)), Attendance.class)
                        .join()
                        .present())
                .isEmpty());
        assertThat(queries.query(new FindCursors(Set.of(ida)), Cursors.class)
                        .join()
                        .cursors())
                .containsExactly(new Cursors.Cursor(ida, "phone", position));
        await().untilAsserted(() -> assertThat(app.getBean(JdbcClient.class)
                        .sql("select position from delivery.cursor where account = ?")
                        .param(ida.value())
                        .query(Long.class)
                        .optional())
                .contains(position));
    }

    @Test
    void sendsKeepTheirOrderAndTooManyAreRefused() {
        AccountId jan = side.account("jan");
        ConversationId talk = side.start(jan);
        try (TestClient client = client().hello("jan", "phone", head())) {
            client.untilCaughtUp();
            side.conflicts.set(3);
            for (int i = 0; i < 4; i++) {
                client.say(message(talk, id(), "m" + i));
            }
            List<String> bodies = new ArrayList<>();
            int accepted = 0;
            while (bodies.size() < 4 || accepted < 4) {
                JsonNode frame = client.next();
                switch (frame.get("type").stringValue()) {
                    case "accepted" -> accepted++;
                    case "event" -> bodies.add(frame.get("data").get("body").stringValue());
                    default -> throw new AssertionError(frame);
                }
            }
            assertThat(bodies).containsExactly("m0", "m1", "m2", "m3");
            client.say(message(side.start(side.account("kim")), id(), "stranger"));
            assertThat(client.next("problem").get("code").stringValue()).isEqualTo("not-a-member");
        }
    }

    @Test
    void typingIsSignalledToOtherMembersOnly() {
        AccountId lou = side.account("lou");
        AccountId max = side.account("max");
        ConversationId talk = side.start(lou, max);
        try (TestClient lous = client().hello("lou", "phone", head());
                TestClient maxs = client().hello("max", "phone", head())) {
            lous.untilCaughtUp();
            maxs.untilCaughtUp();
            lous.say("{'type':'typing','conversation':'%s','on':true}", talk);
            JsonNode signal = maxs.next("signal");
            assertThat(signal.get("account").stringValue()).isEqualTo(lou.toString());
            lous.say("{'type':'ping'}");
            lous.next("pong");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nonsense|4502",
                "[1]|4502",
                "{'a':1}|4502",
                "{'type':'ping'}|4505",
                "{'type':'hello','token':'t'}|4506",
                "{'type':'hello','token':'wrong','device':'d'}|4500",
                "{'type':'hello','token':'nobody','device':'d','position':999999999}|4507",
            })
    void badFirstFrameIsClosedWithItsCode(String frame, int code) {
        try (TestClient client = client()) {
            client.say(frame);
            assertThat(client.closeCode()).isEqualTo(code);
        }
    }

    @Test
    void hostileFramesCloseTheirOwnSocketOnly() {
        side.account("neo");
        try (TestClient neighbour = client().hello("neo", "phone", head());
                TestClient silent = client();
                TestClient binary = client().hello("neo", "b", head());
                TestClient large = client().hello("neo", "l", head())) {
            binary.sayBinary();
            assertThat(binary.closeCode()).isEqualTo(4503);
            large.sayInParts("{\"type\":\"ping\",\"x\":\"" + "y".repeat(70_000) + "\"}");
            assertThat(large.closeCode()).isEqualTo(4504);
            assertThat(silent.closeCode()).isEqualTo(4001);
            neighbour.next("caught_up");
            neighbour.sayInParts("{\"type\":\"ping\",\"x\":\"" + "y".repeat(60_000) + "\"}");
            neighbour.next("pong");
            neighbour.say("{'type':'react','id':'r1'}");
            JsonNode problem = neighbour.next("problem");
            assertThat(problem.get("id").stringValue()).isEqualTo("r1");
            assertThat(problem.get("code").stringValue()).isEqualTo("invalid");
            neighbour.say("{'type':'reauth','token':'neo'}");
            neighbour.next("welcome");
            neighbour.say("{'type':'reauth','token':'gone'}");
            assertThat(neighbour.closeCode()).isEqualTo(4500);
        }
    }
}
