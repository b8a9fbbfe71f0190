package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.query.FindSession;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.TestClient;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.queryhandling.QueryBus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// The session of a connected socket is asked for again.
class SessionCheckIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static ServletWebServerApplicationContext app;
    private static CommandSideStandIn side;

    @BeforeAll
    static void start() {
        app = GatewayIT.run("--parley.delivery.sessions.recheck=400ms", "--parley.delivery.sessions.at-once=1");
        side = app.getBean(CommandSideStandIn.class);
        app.getBean(QueryBus.class).registerHandlerInterceptor((work, chain) -> {
            if (work.getMessage().getPayload() instanceof FindSession query) {
                ASKED.add(query.tokenHash());
            }
            return chain.proceed();
        });
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static TestClient client() {
        return TestClient.connect(HTTP, app.getWebServer().getPort());
    }

    @Test
    void socketInUseKeepsItsSessionInUse() {
        side.account("ann");
        try (TestClient ann = client().hello("ann", "phone", -1)) {
            ann.untilCaughtUp();
            int asked = ASKED.size();
            await().until(() -> ASKED.size() >= asked + 3);
            ann.say("{'type':'ping'}").next("pong");
        }
    }

    @Test
    void endThatWasMissedIsFound() {
        side.account("bob");
        side.account("carl");
        try (TestClient bob = client().hello("bob", "phone", -1);
                TestClient carl = client().hello("carl", "phone", -1)) {
            carl.untilCaughtUp();
            side.forget("bob");
            assertThat(bob.closeCode()).isEqualTo(4500);
            carl.say("{'type':'ping'}").next("pong");
        }
    }

    @Test
    void whatCannotBeToldNowIsAskedForTheNextTime() {
        side.account("dora");
        try (TestClient dora = client().hello("dora", "phone", -1)) {
            dora.untilCaughtUp();
            side.sessionsUnknown = true;
            try {
                int asked = ASKED.size();
                await().until(() -> ASKED.size() >= asked + 3);
                dora.say("{'type':'ping'}").next("pong");
            } finally {
                side.sessionsUnknown = false;
            }
            side.forget("dora");
            assertThat(dora.closeCode()).isEqualTo(4500);
        }
    }
}
