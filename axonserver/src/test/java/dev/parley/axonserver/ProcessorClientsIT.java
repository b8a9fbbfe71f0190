package dev.parley.axonserver;

import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.control.ProcessorInstructionHandler;
import io.axoniq.axonserver.grpc.control.EventProcessorInfo;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which of several clients is asked, and what becomes of clients that fail, are silent, or go.
class ProcessorClientsIT {

    private static TestNode node;
    private static HttpCalls http;

    private final String processor = "p-" + id();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore(Map.of("http.port", 0, "heartbeat.instructionTimeout", "700ms"));
        http = new HttpCalls(node.node().httpPort());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /// A client whose processor does at once, or never, what it is asked.
    private final class Client implements ProcessorInstructionHandler {

        private final String name;
        private final int parts;
        private final Set<Integer> segments;
        private final AxonServerConnection connection = node.factory(
                        "client-" + id(), settings -> settings.processorInfoUpdateFrequency(50, TimeUnit.MILLISECONDS))
                .connect("default");
        private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(true);
        private int slowness;

        Client(String name, int parts, Integer... segments) {
            this.name = name;
            this.parts = parts;
            this.segments = new ConcurrentSkipListSet<>(List.of(segments));
            connection.controlChannel().registerEventProcessor(processor, this::info, this);
        }

        private EventProcessorInfo info() {
            EventProcessorInfo.Builder info = EventProcessorInfo.newBuilder()
                    .setProcessorName(processor)
                    .setTokenStoreIdentifier("store")
                    .setIsStreamingProcessor(true)
                    .setAvailableThreads(3)
                    .setRunning(true);
            segments.forEach(segment ->
                    info.addSegmentStatusBuilder().setSegmentId(segment).setOnePartOf(parts));
            return info.build();
        }

        private CompletableFuture<Boolean> asked(String what) {
            asked.add(name + " " + what);
            return answer;
        }

        @Override
        public CompletableFuture<Boolean> releaseSegment(int segment) {
            CompletableFuture.runAsync(
                    () -> segments.remove(segment), CompletableFuture.delayedExecutor(slowness, TimeUnit.MILLISECONDS));
            return asked("releases " + segment);
        }

        @Override
        public CompletableFuture<Boolean> splitSegment(int segment) {
            return asked("splits " + segment);
        }

        @Override
        public CompletableFuture<Boolean> mergeSegment(int segment) {
            return asked("merges " + segment + " of " + claimed());
        }

        @Override
        public CompletableFuture<Void> pauseProcessor() {
            return asked("pauses").thenAccept(done -> {});
        }

        @Override
        public CompletableFuture<Void> startProcessor() {
            return asked("starts").thenAccept(done -> {});
        }
    }

    private String claimed() {
        return http.get("/v1/components/test/processors")
                .json()
                .valueStream()
                .filter(shown -> shown.at("/name").asString().equals(processor))
                .flatMap(shown -> shown.at("/trackers").valueStream())
                .map(tracker -> tracker.at("/segmentId").asString())
                .toList()
                .toString();
    }

    private void awaitClaims(String segments) {
        Awaitility.await().untilAsserted(() -> assertThat(claimed()).isEqualTo(segments));
    }

    private HttpCalls.Answer act(String what) {
        return http.patch("/v1/components/test/processors/" + processor + what);
    }

    @Test
    void allClientsArePaused() {
        new Client("a", 2, 0);
        new Client("b", 2, 1);
        awaitClaims("[0, 1]");
        assertThat(act("/pause").status()).isEqualTo(200);
        assertThat(asked).containsExactlyInAnyOrder("a pauses", "b pauses");
        assertThat(http.get("/v1/processors/" + processor + "/clients").json().size())
                .isEqualTo(2);
    }

    @Test
    void theClientWithTheLargestSegmentSplits() {
        new Client("a", 4, 0, 2);
        new Client("b", 2, 1);
        awaitClaims("[0, 1, 2]");
        assertThat(act("/segments/split").status()).isEqualTo(200);
        assertThat(asked).containsExactly("b splits 1");
    }

    @Test
    void aSegmentIsMergedOnceItsSiblingIsFree() {
        Client slow = new Client("a", 4, 2);
        slow.slowness = 150;
        new Client("b", 8, 4);
        Client other = new Client("c", 4, 1, 3);
        slow.segments.add(0);
        awaitClaims("[0, 1, 2, 3, 4]");
        assertThat(other.segments).hasSize(2);
        assertThat(act("/segments/merge").status()).isEqualTo(200);
        assertThat(asked).containsExactly("a releases 0", "b merges 4 of [1, 2, 3, 4]");
    }

    @Test
    void aSegmentMovesToTheClientThatIsNamed() {
        Client from = new Client("a", 2, 0, 1);
        Client to = new Client("b", 2);
        awaitClaims("[0, 1]");
        Awaitility.await()
                .untilAsserted(() -> assertThat(http.get("/v1/processors/" + processor + "/clients")
                                .json()
                                .size())
                        .isEqualTo(2));
        String client = node.node().clients().stream()
                .filter(connected -> connected.processors().stream()
                        .anyMatch(
                                info -> info.getProcessorName().equals(processor) && info.getSegmentStatusCount() == 0))
                .findFirst()
                .orElseThrow()
                .clientId();
        assertThat(act("/segments/1/move?target=" + client).status()).isEqualTo(200);
        assertThat(asked).containsExactly("a releases 1");
        assertThat(act("/segments/1/move?target=nobody").status()).isEqualTo(404);
        assertThat(act("/segments/7/move?target=" + client).status()).isEqualTo(404);
        assertThat(from.name).isNotEqualTo(to.name);
    }

    @Test
    void aClientThatFailsIsToldOf() {
        new Client("a", 1, 0).answer = CompletableFuture.failedFuture(new IllegalStateException("out of order"));
        awaitClaims("[0]");
        HttpCalls.Answer answer = act("/pause");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().at("/detail").asString()).contains("out of order");
    }

    @Test
    void aSilentClientIsNotWaitedForForEver() {
        new Client("a", 1, 0).answer = new CompletableFuture<>();
        awaitClaims("[0]");
        assertThat(act("/segments/split").status()).isEqualTo(504);
    }

    @Test
    void aClientThatGoesIsNotWaitedFor() {
        Client client = new Client("a", 1, 0);
        client.answer = new CompletableFuture<>();
        awaitClaims("[0]");
        CompletableFuture<HttpCalls.Answer> answer = CompletableFuture.supplyAsync(() -> act("/segments/split"));
        Awaitility.await().until(() -> !asked.isEmpty());
        client.connection.disconnect();
        assertThat(answer.join().status()).isEqualTo(502);
    }
}
