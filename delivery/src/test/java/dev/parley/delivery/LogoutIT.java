package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.tail.ReadBarrier;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.TestClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// Sockets live as long as their sessions, by the facts alone: nothing is asked for again within the hour.
class LogoutIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ServletWebServerApplicationContext app;
    private static CommandSideStandIn side;

    @BeforeAll
    static void start() {
        app = GatewayIT.run("--parley.delivery.sessions.recheck=1h");
        side = app.getBean(CommandSideStandIn.class);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @AfterEach
    void quicken() {
        side.way = Duration.ZERO;
    }

    private static TestClient client() {
        return TestClient.connect(HTTP, app.getWebServer().getPort());
    }

    private static void assertLives(TestClient client) {
        client.say("{'type':'ping'}");
        client.next("pong");
    }

    @Test
    void logoutClosesTheSocketsOfItsSessionAlone() {
        AccountId ann = side.account("ann");
        side.account("bob");
        side.login(ann, "ann-elsewhere");
        try (TestClient phone = client().hello("ann", "phone", -1);
                TestClient laptop = client().hello("ann", "laptop", -1);
                TestClient elsewhere = client().hello("ann-elsewhere", "tablet", -1);
                TestClient bob = client().hello("bob", "phone", -1)) {
            for (TestClient each : List.of(phone, laptop, elsewhere, bob)) {
                each.untilCaughtUp();
            }
            long start = System.nanoTime();
            side.logout("ann");
            assertThat(phone.closeCode()).isEqualTo(4500);
            assertThat(laptop.closeCode()).isEqualTo(4500);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(2_000);
            assertLives(elsewhere);
            assertLives(bob);
        }
        try (TestClient again = client()) {
            again.say("{'type':'hello','token':'ann','device':'phone'}");
            assertThat(again.closeCode()).isEqualTo(4500);
        }
    }

    @Test
    void reauthMovesTheSocketToTheOtherSession() {
        AccountId carl = side.account("carl");
        side.login(carl, "carl-new");
        try (TestClient socket = client().hello("carl", "phone", -1)) {
            socket.untilCaughtUp();
            socket.say("{'type':'reauth','token':'carl-new'}").next("welcome");
            side.logout("carl");
            app.getBean(ReadBarrier.class).await();
            assertLives(socket);
            side.logout("carl-new");
            assertThat(socket.closeCode()).isEqualTo(4500);
        }
    }

    @Test
    void nothingIsAcceptedOnceTheEndWasSeen() {
        AccountId dora = side.account("dora");
        ConversationId talk = side.start(dora);
        try (TestClient socket = client().hello("dora", "phone", -1)) {
            socket.untilCaughtUp();
            side.logout("dora");
            app.getBean(ReadBarrier.class).await();
            int taken = side.taken.get();
            for (int i = 0; i < 50 && socket.isOpen(); i++) {
                say(socket, talk, i);
            }
            assertThat(socket.closeCode()).isEqualTo(4500);
            assertThat(side.taken).hasValue(taken);
        }
    }

    private static void say(TestClient socket, ConversationId talk, int number) {
        try {
            socket.say(
                    "{'type':'send','id':'%s','conversation':'%s','body':'%d'}",
                    MessageId.at(System.currentTimeMillis(), UUID.randomUUID()), talk, number);
        } catch (CompletionException e) {
            // Closed meanwhile, as it should be.
        }
    }

    /// An end that comes at any moment of a `hello` or a `reauth` is not missed.
    @Test
    void noRaceLeavesASocketOpen() throws InterruptedException {
        side.way = Duration.ofMillis(4);
        for (int round = 0; round < 300; round++) {
            String token = "race-" + round;
            AccountId account = side.account(token);
            boolean reauth = round % 3 == 0;
            if (reauth) {
                side.login(account, token + "-other");
            }
            try (TestClient socket = client()) {
                if (reauth) {
                    socket.hello(token + "-other", "phone", -1);
                }
                Thread ending = Thread.startVirtualThread(() -> side.logout(token));
                socket.say(
                        reauth ? "{'type':'reauth','token':'%s'}" : "{'type':'hello','token':'%s','device':'phone'}",
                        token);
                ending.join();
                assertThat(socket.closeCode()).as("round %d", round).isEqualTo(4500);
            }
        }
    }

    @Test
    void manyEndsAtOnceCloseAllTheirSocketsAndNoOther() {
        List<TestClient> ending = new ArrayList<>();
        List<TestClient> staying = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                AccountId account = side.account("many-" + i);
                side.login(account, "stay-" + i);
                ending.add(client().hello("many-" + i, "a", -1));
                staying.add(client().hello("stay-" + i, "b", -1));
            }
            for (int i = 0; i < 50; i++) {
                side.logout("many-" + i);
            }
            ending.forEach(socket -> assertThat(socket.closeCode()).isEqualTo(4500));
            staying.forEach(TestClient::untilCaughtUp);
            staying.forEach(LogoutIT::assertLives);
        } finally {
            ending.forEach(TestClient::close);
            staying.forEach(TestClient::close);
        }
    }
}
