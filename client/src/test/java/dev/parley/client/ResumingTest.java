package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResumingTest extends Scripted {

    @Test
    void helloSaysWhoAndWhereItIs() {
        connect(new ClientOptions(server.uri(), "phone", () -> "t0k3n", 40L, 8));
        JsonNode hello = server.next().welcome();
        assertThat(hello.path("token").asString()).isEqualTo("t0k3n");
        assertThat(hello.path("device").asString()).isEqualTo("phone");
        assertThat(hello.path("position").longValue()).isEqualTo(40);
        assertThat(hello.path("window").intValue()).isEqualTo(8);
    }

    @Test
    void startsAtTheNewestEventWithoutAPosition() {
        connect(ClientOptions.of(server.uri(), "phone", "t0k3n"));
        Peer peer = server.next();
        assertThat(peer.next().has("position")).isFalse();
        assertThat(client.position()).isNull();
    }

    @Test
    void acknowledgesAtHalfTheWindowAndWithinASecondOtherwise() {
        connect(new ClientOptions(server.uri(), "phone", () -> "t0k3n", 40L, 4));
        Peer peer = server.next();
        peer.welcome();
        long start = System.nanoTime();
        for (int i = 41; i <= 43; i++) {
            peer.message(i, TEA, i);
        }
        assertThat(peer.next("ack").path("position").longValue()).isEqualTo(42);
        assertThat(peer.next("ack").path("position").longValue()).isEqualTo(43);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(notes.positions()).containsExactly(41L, 42L, 43L);
    }

    @Test
    void comesBackBehindTheLastEventItHandled() {
        Peer first = connected();
        first.message(41, TEA, 1);
        first.message(42, TEA, 2);
        await().until(() -> notes.positions().size() == 2);
        first.cut();

        Peer second = server.next();
        assertThat(second.welcome().path("position").longValue()).isEqualTo(42);
        second.message(42, TEA, 2);
        second.message(43, TEA, 3);
        await().until(() -> notes.positions().size() == 3);
        assertThat(notes.positions()).containsExactly(41L, 42L, 43L);
        assertThat(notes.lines()).contains("disconnected 1006").noneMatch(line -> line.startsWith("gap"));
        assertThat(client.repeats()).isEqualTo(1);
        assertThat(second.next("ack").path("position").longValue()).isEqualTo(43);
    }

    @Test
    void caughtUpAndPongRaiseThePosition() {
        Peer peer = connected();
        peer.say("{'type':'caught_up','position':50}");
        peer.say("{'type':'pong','position':60}");
        await().until(() -> Long.valueOf(60).equals(client.position()));
        assertThat(peer.next("ack").path("position").longValue()).isBetween(50L, 60L);
    }

    @Test
    void goesAwayForAsLongAsItIsTold() {
        Peer peer = connected();
        peer.say("{'type':'goaway','reconnectAfterMs':37,'spreadMs':0}");
        peer.close(4000);
        awaitNote("disconnected 4000 for 37");
        welcomed();
        await().until(() -> notes.lines().stream().filter("connected"::equals).count() == 2);
    }

    @Test
    void stopsForGoodWhereTheServerSaysSo() {
        Peer peer = connected();
        var unanswered = client.send(TEA, "Tea?");
        peer.next("send");
        peer.close(4501);
        awaitNote("stopped 4501");
        assertThat(unanswered)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ClientStoppedException.class);
        assertThat(client.send(TEA, "Tea?")).isCompletedExceptionally();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void triesAgainWhereNobodyListensYet() throws Exception {
        ClientOptions options = options();
        server.close();
        connect(options);
        awaitNote("disconnected 1006");
        server = new ScriptedServer(options.gateway().getPort());
        welcomed();
        awaitNote("connected");
    }

    @Test
    void tellsOfAHoleInAConversation() {
        Peer peer = connected();
        peer.message(41, TEA, 1);
        peer.message(42, CAKE, 9);
        peer.message(43, TEA, 3);
        awaitNote("event 43");
        assertThat(notes.lines())
                .contains("gap 2 3")
                .filteredOn(line -> line.startsWith("gap"))
                .hasSize(1);
    }

    @Test
    void whoWasAwayMissesSomeWithoutAHole() {
        Peer peer = connected();
        peer.message(41, TEA, 1);
        peer.event(42, TEA, 2, "member-removed", "{'account':'" + Peer.ACCOUNT + "','by':'" + Peer.SOMEBODY + "'}");
        peer.message(50, TEA, 7);
        awaitNote("event 50");
        assertThat(notes.lines()).noneMatch(line -> line.startsWith("gap"));
    }

    @Test
    void eventOnWhichTheListenerFailedComesAgain() {
        AtomicInteger calls = new AtomicInteger();
        client = ParleyClient.connect(transport, options(), new ParleyListener() {
            @Override
            public void event(ParleyEvent event) {
                if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("once");
                }
            }
        });
        welcomed().message(41, TEA, 1);
        Peer again = server.next();
        assertThat(again.welcome().path("position").longValue()).isEqualTo(40);
        again.message(41, TEA, 1);
        await().until(() -> Long.valueOf(41).equals(client.position()));
        assertThat(calls).hasValue(2);
        assertThat(client.repeats()).isZero();
    }

    @Test
    void eventThatTookLongIsHandledWhenItsListenerReturns() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        client = ParleyClient.connect(transport, options(), new ParleyListener() {
            @Override
            public void event(ParleyEvent event) {
                entered.countDown();
                await().until(() -> leave.getCount() == 0);
                notes.event(event);
            }

            @Override
            public void disconnected(int code, String reason, Duration pause) {
                notes.disconnected(code, reason, pause);
            }
        });
        Peer first = welcomed();
        first.message(41, TEA, 1);
        entered.await();
        first.cut();
        for (int i = 0; i < 20; i++) {
            client.typing(TEA, true);
        }
        leave.countDown();
        assertThat(server.next().welcome().path("position").longValue()).isEqualTo(41);
        assertThat(notes.lines()).containsExactly("event 41", "disconnected 1006");
    }

    @Test
    void asksForAnotherTokenWhereThereWasNone() {
        AtomicInteger asked = new AtomicInteger();
        connect(new ClientOptions(
                server.uri(),
                "phone",
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return "t0k3n";
                },
                40L,
                8));
        server.next();
        welcomed();
        awaitNote("connected");
    }

    @Test
    void newTokenGoesOverTheSameConnection() {
        Peer peer = connected();
        awaitNote("connected");
        client.reauth("t0k3n2");
        assertThat(peer.next("reauth").path("token").asString()).isEqualTo("t0k3n2");
    }

    @Test
    void acknowledgesAndSaysGoodbyeAtTheEnd() {
        Peer peer = connected();
        peer.message(41, TEA, 1);
        awaitNote("event 41");
        client.close();
        assertThat(peer.awaitClose()).isEqualTo(1000);
        assertThat(peer.next("ack").path("position").longValue()).isEqualTo(41);
    }

    @Test
    void signalsHaveTheirTypes() {
        Peer peer = connected();
        UUID somebody = Peer.SOMEBODY;
        peer.say("{'type':'signal','signal':'typing','conversation':'%s','account':'%s','on':true}", TEA, somebody);
        peer.say("{'type':'signal','signal':'presence','account':'%s','online':false}", somebody);
        peer.say("{'type':'signal','signal':'waving','account':'%s'}", somebody);
        awaitNote(new ParleySignal.Presence(somebody, false, null).toString());
        assertThat(notes.lines()).contains(new ParleySignal.Typing(somebody, TEA, true).toString());
    }
}
