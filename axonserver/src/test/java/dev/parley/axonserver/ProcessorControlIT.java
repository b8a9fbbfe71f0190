package dev.parley.axonserver;

import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Real pooled streaming processors of Axon Framework, steered over HTTP.
class ProcessorControlIT {

    private static final String PROCESSORS = "/v1/components/steered/processors";

    record Happened(String id) {}

    static final class Counting {
        private final AtomicInteger events = new AtomicInteger();

        @EventHandler
        void on(Happened event) {
            events.incrementAndGet();
        }
    }

    private static final Counting COUNTING = new Counting();

    private static TestNode node;
    private static HttpCalls http;
    private static Configuration application;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore(Map.of("http.port", 0));
        http = new HttpCalls(node.node().httpPort());
        AxonServerConfiguration server = AxonServerConfiguration.builder()
                .servers("127.0.0.1:" + node.port())
                .componentName("steered")
                .build();
        server.setProcessorsNotificationRate(100);
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureSerializer(c -> Jackson3Serializer.builder().build())
                .registerComponent(AxonServerConfiguration.class, c -> server)
                .registerComponent(TokenStore.class, c -> new InMemoryTokenStore());
        configurer
                .eventProcessing()
                .usingPooledStreamingEventProcessors()
                .registerPooledStreamingEventProcessorConfiguration(
                        (c, processor) -> processor.initialSegmentCount(2).tokenClaimInterval(200));
        configurer.eventProcessing().registerEventHandler(c -> COUNTING);
        application = configurer.start();
    }

    @AfterAll
    static void stop() {
        application.shutdown();
        node.close();
    }

    private static JsonNode processor() {
        return http.get(PROCESSORS + "?context=default").json().at("/0");
    }

    private static String address() {
        String name = processor().at("/name").asString();
        return PROCESSORS + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void done(String what) {
        HttpCalls.Answer answer = http.patch(address() + what);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/success").asBoolean()).isTrue();
    }

    private static void awaitSegments(Integer... ids) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(processor()
                                .at("/trackers")
                                .valueStream()
                                .map(tracker -> tracker.at("/segmentId").asInt()))
                        .containsExactly(ids));
    }

    private static void publish() {
        application.eventBus().publish(GenericEventMessage.asEventMessage(new Happened(id())));
    }

    @Test
    void aProcessorIsPausedStartedSplitMergedAndReleased() {
        awaitSegments(0, 1);
        publish();
        Awaitility.await().untilAsserted(() -> {
            assertThat(COUNTING.events).hasValue(1);
            assertThat(processor().at("/trackers/0/tokenPosition").asLong()).isZero();
        });
        assertThat(processor().at("/mode").asString()).isEqualTo("Pooled Streaming");

        done("/pause");
        assertThat(processor().at("/running").asBoolean()).isFalse();
        assertThat(http.patch(address() + "/segments/split").status()).isEqualTo(409);
        publish();

        done("/start");
        assertThat(processor().at("/running").asBoolean()).isTrue();
        Awaitility.await().untilAsserted(() -> assertThat(COUNTING.events).hasValue(2));
        awaitSegments(0, 1);

        done("/segments/split?context=default");
        awaitSegments(0, 1, 2);
        done("/segments/merge");
        awaitSegments(0, 1);
        done("/segments/merge?tokenStoreIdentifier="
                + processor().at("/tokenStoreIdentifier").asString());
        awaitSegments(0);
        assertThat(http.patch(address() + "/segments/merge").status()).isEqualTo(409);
        done("/segments/split");
        awaitSegments(0, 1);

        done("/segments/1/release");
        awaitSegments(0);
        awaitSegments(0, 1);
    }
}
