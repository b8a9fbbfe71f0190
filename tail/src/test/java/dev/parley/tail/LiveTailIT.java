package dev.parley.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.axonserver.AxonServerNode;
import dev.parley.axonserver.AxonServerNodeProperties;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.SessionId;
import dev.parley.messages.serialization.ParleySerializer;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// The tail and the barrier on the real node, which goes away and comes back.
class LiveTailIT {

    private static final AccountId ANN = new AccountId(UUID.randomUUID());

    private final List<Long> positions = new CopyOnWriteArrayList<>();
    private final List<SessionId> sessions = new CopyOnWriteArrayList<>();

    @Test
    void followsTheNodeThroughARestart(@TempDir Path folder) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
            AxonServerNode node = node(database(postgres), 0);
            int port = node.port();
            Configuration axon = connect(port);
            StoreReader reader = new StoreReader(axon.eventStore());
            LiveTail tail = new LiveTail(reader, List.of(follower()), new SimpleMeterRegistry());
            ReadBarrier barrier = new ReadBarrier(reader, tail, Duration.ofSeconds(2), new SimpleMeterRegistry());
            try {
                SessionId before = open(axon);
                tail.start();
                barrier.await();
                SessionId first = open(axon);
                assertThat(barrier.await()).isEqualTo(1);
                assertThat(sessions).containsExactly(first).doesNotContain(before);

                node.close();
                long start = System.nanoTime();
                assertThatThrownBy(barrier::await).isInstanceOf(RejectedException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

                node = node(database(postgres), port);
                await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> barrier.await() == 1);
                for (int i = 0; i < 50; i++) {
                    open(axon);
                }
                assertThat(barrier.await()).isEqualTo(51);
                assertThat(positions)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, 51).boxed().toList());
            } finally {
                tail.stop();
                axon.shutdown();
                node.close();
            }
        }
    }

    private Follower follower() {
        return (position, message) -> {
            positions.add(position);
            sessions.add(opened(message).session());
        };
    }

    private static SessionOpened opened(TrackedEventMessage<?> message) {
        return (SessionOpened) message.getPayload();
    }

    private static SessionId open(Configuration axon) {
        SessionId session = new SessionId(UUID.randomUUID());
        axon.eventStore()
                .publish(new GenericDomainEventMessage<>(
                        "Session", session.toString(), 0, new SessionOpened(session, ANN, Instant.EPOCH)));
        return session;
    }

    private static Configuration connect(int port) {
        return DefaultConfigurer.defaultConfiguration()
                .configureSerializer(configuration -> ParleySerializer.create())
                .registerComponent(
                        AxonServerConfiguration.class,
                        configuration -> AxonServerConfiguration.builder()
                                .servers("127.0.0.1:" + port)
                                .componentName("tail")
                                .build())
                .start();
    }

    private static AxonServerNode node(DataSource database, int port) {
        return AxonServerNode.start(
                AxonServerNodeProperties.with(Map.of("port", port, "closeTimeout", "1s")), database);
    }

    private static DataSource database(EmbeddedPostgres postgres) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }
}
