package dev.parley.query.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.parley.messages.AccountId;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import dev.parley.testing.Servers;
import java.security.Principal;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProjectionsIT extends Running {

    private static final String PROJECTIONS = "/api/v1/admin/projections";

    private final AccountId alice = new AccountId(UUID.randomUUID());

    @AfterEach
    void goesOn() {
        Servers.restartElasticsearch();
        tell("inbox", "resume");
        awaitProjections();
    }

    @Test
    void showsEveryProcessorWithWhereItIs() {
        Room.of(store, alice).say(alice, "hello");
        awaitProjections();
        Answer all = ask(alice, PROJECTIONS);
        long head = all.at("/head").asLong();
        assertThat(StreamSupport.stream(all.at("/projections").spliterator(), false)
                        .map(projection -> projection.at("/name").asString()))
                .contains("history", "inbox", "lobby")
                .noneMatch(name -> name.startsWith("__"));
        JsonNode inbox = projection("inbox");
        assertThat(inbox.at("/state").asString()).isEqualTo("running");
        assertThat(inbox.at("/position").asLong()).isGreaterThanOrEqualTo(head);
        assertThat(inbox.at("/lag").asLong()).isZero();
        assertThat(inbox.at("/lagSeconds").asDouble()).isZero();
        assertThat(inbox.at("/rebuildable").asBoolean()).isTrue();
        assertThat(inbox.at("/segments/0/node").asString()).isNotEmpty();
    }

    @Test
    void aPausedProcessorStandsStillUntilItIsResumed() {
        Room room = Room.of(store, alice);
        awaitProjections();
        assertThat(tell("inbox", "pause")).isEqualTo(204);
        assertThat(tell("nobody", "pause")).isEqualTo(404);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> projection("inbox").at("/segments/0").has("segment")
                        && !projection("inbox").at("/segments/0").has("node"));
        room.say(alice, "while it is paused");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> projection("history").at("/lag").asLong() == 0);
        JsonNode paused = projection("inbox");
        assertThat(paused.at("/state").asString()).isEqualTo("paused");
        assertThat(paused.at("/lag").asLong()).isPositive();
        assertThat(paused.at("/lagSeconds").isNumber()).isTrue();

        assertThat(tell("inbox", "resume")).isEqualTo(204);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> projection("inbox").at("/lag").asLong() == 0);
        assertThat(projection("inbox").at("/state").asString()).isEqualTo("running");
    }

    @Test
    void aFailingProcessorTellsWhyAndWhenItTriesAgain() {
        Room room = Room.of(store, alice);
        awaitProjections();
        Servers.stopElasticsearch();
        room.say(alice, "a secret text");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> projection("history").at("/state").asString().equals("failing"));
        JsonNode failing = projection("history");
        assertThat(failing.at("/error/cause").asString()).contains("DataAccessResourceFailureException");
        assertThat(failing.at("/error/attempts").asInt()).isPositive();
        assertThat(failing.at("/error/nextRetry").asString()).endsWith("Z");
        assertThat(failing.toString()).doesNotContain("secret", "127.0.0.1:92");

        Servers.restartElasticsearch();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> projection("history").at("/state").asString().equals("running"));
    }

    private int tell(String processor, String what) {
        Principal principal = alice::toString;
        return perform(post(PROJECTIONS + "/{name}/" + what, processor).principal(principal))
                .status();
    }

    private JsonNode projection(String name) {
        return StreamSupport.stream(
                        askAfter(alice, null, PROJECTIONS).at("/projections").spliterator(), false)
                .filter(projection -> projection.at("/name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
