package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.AccountId;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import dev.parley.testing.Servers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ElasticsearchOutageIT extends Running {

    private static final String SEARCH = "/api/v1/search?q={q}";

    @Autowired
    private MeterRegistry meters;

    /// The processor backs off while Elasticsearch is down; whoever comes next finds it at work.
    @AfterEach
    void isThereAgain() {
        Servers.restartElasticsearch();
        AccountId anybody = new AccountId(UUID.randomUUID());
        await().atMost(Duration.ofSeconds(90))
                .until(() -> ask(anybody, SEARCH, "anything").status() == 200);
    }

    @Test
    void historyCatchesUpCompletelyAfterAnOutage() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "before the outage");
        assertThat(ask(alice, SEARCH, "outage").at("/total").asInt()).isEqualTo(1);

        Servers.stopElasticsearch();
        IntStream.rangeClosed(1, 50).forEach(i -> room.say(alice, "during the outage " + i));
        Answer refused = askAfter(alice, null, SEARCH, "outage");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/code").asString()).isEqualTo("unavailable");
        assertThat(refused.at("/detail").asString()).doesNotContain("127.0.0.1", "Exception");
        assertThat(ask(alice, "/api/v1/conversations").status()).isEqualTo(200);

        Servers.restartElasticsearch();
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(askAfter(alice, null, SEARCH, "outage")
                                .at("/total")
                                .asInt())
                        .isEqualTo(51));
        Answer counts = ask(alice, "/api/v1/admin/conversations/{id}/counts", room.id);
        assertThat(counts.at("/indexed").asInt()).isEqualTo(51);
        assertThat(counts.at("/events").asInt()).isEqualTo(51);
    }

    @Test
    void anElasticsearchThatIsSilentIsUnavailableInTime() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        ask(alice, "/api/v1/conversations");

        Servers.silenceElasticsearch();
        long start = System.nanoTime();
        assertThat(askAfter(alice, null, SEARCH, "silence").status()).isEqualTo(503);
        assertThat(askAfter(alice, null, "/api/v1/conversations/{id}/messages", room.id)
                        .status())
                .isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    }

    /// Requests that nobody waits for any more are under way for as long as Elasticsearch is silent.
    @Test
    void manyReadsIntoTheSilenceAreRefusedInTimeAndNotMissedAfterwards() throws Exception {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room.of(store, alice);
        ask(alice, "/api/v1/conversations");
        Servers.silenceElasticsearch();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> reads = Collections.nCopies(60, () -> askAfter(alice, null, SEARCH, "silence"));
            assertThat(readers.invokeAll(reads, 20, TimeUnit.SECONDS))
                    .allSatisfy(read -> assertThat(read.resultNow().status()).isEqualTo(503));
        }
        Servers.restartElasticsearch();
        assertThat(askAfter(alice, null, SEARCH, "silence").status()).isEqualTo(200);
    }

    @Test
    void aProjectionDoesNotWaitForEverForASilentElasticsearch() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        ask(alice, SEARCH, "nothing");
        Counter failures = meters.get("parley.query-side.bulk.failures").counter();
        double before = failures.count();

        Servers.silenceElasticsearch();
        room.say(alice, "into the silence");
        await().atMost(Duration.ofSeconds(30)).until(() -> failures.count() > before);
    }
}
