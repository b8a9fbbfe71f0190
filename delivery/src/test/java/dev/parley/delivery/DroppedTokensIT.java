package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.AccountId;
import dev.parley.messages.query.DroppedTokens;
import dev.parley.messages.query.DroppedTokens.Dropped;
import dev.parley.messages.query.FindDroppedTokens;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.TestClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.Registration;
import org.axonframework.queryhandling.QueryBus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/// A device whose push token was dropped is told at its `hello`; the notifications role is a stand-in, or away.
class DroppedTokensIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ServletWebServerApplicationContext app;
    private static CommandSideStandIn side;

    private final ConcurrentLinkedQueue<Dropped> dropped = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<FindDroppedTokens> asked = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        app = GatewayIT.run();
        side = app.getBean(CommandSideStandIn.class);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static TestClient client() {
        return TestClient.connect(HTTP, app.getWebServer().getPort());
    }

    private Registration notifications() {
        return app.getBean(QueryBus.class)
                .subscribe(FindDroppedTokens.class.getName(), DroppedTokens.class, message -> {
                    FindDroppedTokens query = (FindDroppedTokens) message.getPayload();
                    asked.add(query);
                    return new DroppedTokens(dropped.stream()
                            .filter(each -> query.accounts().contains(each.account()))
                            .toList());
                });
    }

    private void drop(AccountId account, String device) {
        dropped.add(new Dropped(account, device, "Unregistered", Instant.parse("2026-01-02T03:04:05.6Z")));
    }

    /// Takes `caught_up` and the notice, which come in either order.
    private static void assertTold(TestClient client) {
        List<JsonNode> frames = List.of(client.next(), client.next());
        assertThat(frames)
                .extracting(frame -> frame.get("type").stringValue())
                .containsExactlyInAnyOrder("caught_up", "push");
        assertThat(frames)
                .filteredOn(frame -> frame.get("type").stringValue().equals("push"))
                .singleElement()
                .satisfies(frame -> assertThat(frame.toString())
                        .isEqualTo("{\"type\":\"push\",\"state\":\"dropped\",\"reason\":\"Unregistered\","
                                + "\"at\":\"2026-01-02T03:04:05.600Z\"}"));
        assertNothingMore(client);
    }

    private static void assertNothingMore(TestClient client) {
        client.say("{'type':'ping'}").next("pong");
    }

    /// Once this is told, those who said hello before it have been, too: they go in their order.
    private void awaitTurn(String name) {
        drop(side.account(name), "last");
        try (TestClient last = client().hello(name, "last", -1)) {
            assertTold(last);
        }
    }

    @Test
    void theDeviceIsToldOnceForEachHelloUntilItRegistersAnew() {
        AccountId ann = side.account("ann");
        drop(ann, "phone");
        Registration answering = notifications();
        try {
            for (int hello = 0; hello < 2; hello++) {
                try (TestClient phone = client().hello("ann", "phone", -1)) {
                    assertTold(phone);
                    awaitTurn("ann-last-" + hello);
                    assertNothingMore(phone);
                }
            }
            dropped.clear();
            try (TestClient phone = client().hello("ann", "phone", -1)) {
                phone.next("caught_up");
                awaitTurn("ann-last");
                assertNothingMore(phone);
            }
        } finally {
            answering.cancel();
        }
    }

    @Test
    void othersAreNotTold() {
        AccountId bob = side.account("bob");
        side.account("carl");
        drop(bob, "phone");
        Registration answering = notifications();
        try (TestClient laptop = client().hello("bob", "laptop", -1);
                TestClient carl = client().hello("carl", "phone", -1)) {
            laptop.next("caught_up");
            carl.next("caught_up");
            awaitTurn("bob-last");
            assertThat(asked).anySatisfy(query -> assertThat(query.accounts()).contains(bob));
            assertNothingMore(laptop);
            assertNothingMore(carl);
        } finally {
            answering.cancel();
        }
    }

    @Test
    void helloIsWelcomeWhereNobodyTells() {
        AccountId dora = side.account("dora");
        drop(dora, "phone");
        double before = missed();
        try (TestClient phone = client().hello("dora", "phone", -1)) {
            phone.next("caught_up");
            await().until(() -> missed() > before);
            assertNothingMore(phone);
        }
        Registration answering = notifications();
        try (TestClient phone = client().hello("dora", "phone", -1)) {
            assertTold(phone);
        } finally {
            answering.cancel();
        }
    }

    @Test
    void helloDoesNotWaitForTheAnswer() throws InterruptedException {
        AccountId eve = side.account("eve");
        side.account("fay");
        drop(eve, "phone");
        CountDownLatch asking = new CountDownLatch(1);
        Semaphore answer = new Semaphore(0);
        Registration answering = app.getBean(QueryBus.class)
                .subscribe(FindDroppedTokens.class.getName(), DroppedTokens.class, message -> {
                    asking.countDown();
                    answer.acquire();
                    return new DroppedTokens(List.copyOf(dropped));
                });
        try (TestClient phone = client().hello("eve", "phone", -1)) {
            phone.next("caught_up");
            assertThat(asking.await(30, TimeUnit.SECONDS)).isTrue();
            assertNothingMore(phone);
            try (TestClient fay = client().hello("fay", "phone", -1)) {
                fay.next("caught_up");
                assertNothingMore(fay);
            }
            answer.release(1_000);
            phone.next("push");
        } finally {
            answer.release(1_000);
            answering.cancel();
        }
    }

    private static double missed() {
        return app.getBean(MeterRegistry.class)
                .counter("parley.delivery.dropped.tokens", "outcome", "missed")
                .count();
    }
}
