package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SendingTest extends Scripted {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void acceptedSaysWhereItIs() {
        Peer peer = connected();
        UUID id = MessageIds.next();
        var answer = client.send(id, TEA, new Draft("Tea?", CAKE, List.of(Peer.SOMEBODY), List.of()));
        JsonNode frame = peer.next("send");
        assertThat(frame.path("body").asString()).isEqualTo("Tea?");
        assertThat(frame.path("replyTo").asString()).isEqualTo(CAKE.toString());
        assertThat(frame.at("/mentions/0").asString()).isEqualTo(Peer.SOMEBODY.toString());
        peer.accept(frame, 7);
        assertThat(answer).succeedsWithin(SOON).satisfies(accepted -> {
            assertThat(accepted.id()).isEqualTo(id);
            assertThat(accepted.conversation()).isEqualTo(TEA);
            assertThat(accepted.seq()).isEqualTo(7);
        });
        assertThat(client.unanswered()).isZero();
    }

    @Test
    void whatWasNotAnsweredIsSentAgainInOrder() {
        Peer first = connected();
        List<CompletableFuture<Accepted>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(client.send(TEA, "body " + i));
        }
        List<JsonNode> frames = take(first, 5);
        first.accept(frames.get(0), 1);
        assertThat(answers.get(0)).succeedsWithin(SOON);
        first.cut();

        Peer second = welcomed();
        List<JsonNode> again = take(second, 4);
        assertThat(again).isEqualTo(frames.subList(1, 5));
        again.forEach(frame -> second.accept(frame, 2));
        answers.forEach(answer -> assertThat(answer).succeedsWithin(SOON));
    }

    @Test
    void whatIsSaidWithoutAConnectionIsSentAtTheNext() {
        connect();
        var answer = client.send(TEA, "Tea?");
        Peer peer = welcomed();
        peer.accept(peer.next("send"), 1);
        assertThat(answer).succeedsWithin(SOON);
    }

    @Test
    void atMost32AreOnTheirWay() {
        Peer peer = connected();
        for (int i = 0; i < 40; i++) {
            client.send(TEA, "body " + i);
        }
        List<JsonNode> frames = take(peer, 32);
        assertThat(peer.unread()).isZero();
        peer.accept(frames.get(0), 1);
        assertThat(peer.next("send").path("body").asString()).isEqualTo("body 32");
        assertThat(client.unanswered()).isEqualTo(39);
    }

    @Test
    void whatIsPutOffIsSentAgainAndItsConversationWaits() {
        Peer peer = connected();
        client.send(TEA, "one");
        peer.say(
                "{'type':'problem','id':'%s','code':'rate-limited','detail':'slow','retryAfterMs':700}",
                peer.next("send").path("id").asString());
        peer.say("{'type':'caught_up','position':41}");
        awaitNote("caught up 41");
        client.send(TEA, "two");
        client.send(CAKE, "other");
        assertThat(take(peer, 3).stream().map(frame -> frame.path("body").asString()))
                .containsExactly("other", "one", "two");
    }

    @Test
    void whatIsPutOffAgainAndAgainWaitsLongerEachTime() {
        Peer peer = connected();
        client.send(TEA, "one");
        JsonNode frame = peer.next("send");
        for (long least : new long[] {250, 500, 1_000}) {
            long start = System.nanoTime();
            peer.say(
                    "{'type':'problem','id':'%s','code':'unavailable','detail':'not now','retryAfterMs':1}",
                    frame.path("id").asString());
            frame = peer.next("send");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(least));
        }
    }

    @Test
    void refusalHasItsCode() {
        Peer peer = connected();
        var answer = client.react(TEA, CAKE, "+1");
        peer.say(
                "{'type':'problem','id':'%s','code':'message-too-old','detail':'No','field':'message'}",
                peer.next("react").path("id").asString());
        assertThat(answer).failsWithin(SOON).withThrowableThat().havingCause().satisfies(thrown -> {
            assertThat(thrown).isInstanceOf(ProblemException.class);
            assertThat(((ProblemException) thrown).code()).isEqualTo("message-too-old");
            assertThat(((ProblemException) thrown).field()).isEqualTo("message");
        });
    }

    @Test
    void framesThatWouldEndTheConnectionAreNotSent() {
        Peer peer = connected();
        assertThat(codeOf(client.send(TEA, "é".repeat(33_000)))).isEqualTo("too-large");
        assertThat(codeOf(client.send(TEA, "half \ud83d"))).isEqualTo("invalid");
        client.send(TEA, "Tea?");
        assertThat(peer.next().path("body").asString()).isEqualTo("Tea?");
    }

    @Test
    void sameIdIsTheSameRequest() {
        Peer peer = connected();
        UUID id = MessageIds.next();
        var answer = client.send(id, TEA, Draft.of("Tea?"));
        assertThat(client.send(id, TEA, Draft.of("Tea?"))).isSameAs(answer);
        assertThat(codeOf(client.send(id, TEA, Draft.of("Cake?")))).isEqualTo("message-id-reused");
        peer.accept(peer.next("send"), 1);
        assertThat(answer).succeedsWithin(SOON);
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotSentAgain() {
        Peer first = connected();
        var answer = client.send(TEA, "one").orTimeout(50, TimeUnit.MILLISECONDS);
        first.next("send");
        await().until(answer::isDone);
        first.cut();
        Peer second = welcomed();
        client.send(TEA, "two");
        assertThat(second.next("send").path("body").asString()).isEqualTo("two");
        assertThat(client.unanswered()).isEqualTo(1);
    }

    @Test
    void moreThanCanWaitAreRefused() {
        connect();
        for (int i = 0; i < Requests.WAITING; i++) {
            assertThat(client.send(TEA, "body")).isNotDone();
        }
        assertThat(client.send(TEA, "body")).isCompletedExceptionally();
    }

    private static List<JsonNode> take(Peer peer, int count) {
        List<JsonNode> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(peer.next());
        }
        return frames;
    }

    private static String codeOf(CompletableFuture<Accepted> answer) {
        return ((ProblemException) answer.exceptionNow()).code();
    }
}
