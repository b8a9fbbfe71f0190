package dev.parley.query.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.axonserver.AxonServerNode;
import dev.parley.axonserver.AxonServerNodeProperties;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.progress.ProjectionProgress;
import dev.parley.testing.Servers;
import dev.parley.testing.TestApp;
import dev.parley.verify.Verify;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Query-side with an event store for itself, which can be stopped and started again.
final class OwnProduct implements AutoCloseable {

    private final HikariDataSource source = new HikariDataSource();
    private final AxonServerNode node;
    private final ConfigurableApplicationContext context;

    /// @param beans that come with another version of the product
    OwnProduct(Database database, Class<?>... beans) {
        source.setJdbcUrl(database.url());
        source.setUsername(Servers.postgres().user());
        source.setPassword(Servers.postgres().password());
        source.setMaximumPoolSize(5);
        node = AxonServerNode.start(AxonServerNodeProperties.with(Map.of("port", 0, "http.port", 0)), source);
        context = new SpringApplicationBuilder(TestApp.class)
                .sources(beans)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + Servers.postgres().user(),
                        "--spring.datasource.password=" + Servers.postgres().password(),
                        "--spring.datasource.hikari.maximum-pool-size=8",
                        "--spring.elasticsearch.uris=" + Servers.elasticsearch().uri(),
                        "--spring.flyway.enabled=false",
                        "--axon.axonserver.servers=127.0.0.1:" + node.port(),
                        "--axon.axonserver.disable-event-blacklisting=true",
                        "--axon.update-check.disabled=true",
                        "--parley.query-side.audit.signing-key=" + Servers.signingKey(),
                        "--parley.query-side.audit.checkpoint-every=800ms");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    EventStore store() {
        return bean(EventStore.class);
    }

    long head() {
        return store().createHeadToken().position().orElse(-1);
    }

    /// Returns when a checkpoint covers all that is stored.
    void awaitCheckpoint() {
        long head = head();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bean(CheckpointTable.class).at(head, false).isPresent());
    }

    void awaitChain() {
        long head = head();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bean(ProjectionProgress.class).position(QuerySideConfiguration.CHAIN) >= head);
    }

    /// As an auditor exports the facts.
    ///
    /// @param query such as `?from=7`
    Path export(String query, Path file) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Path> answer = client.send(
                    HttpRequest.newBuilder(uri("/api/v1/audit/events" + query))
                            .header("Accept", "application/x-ndjson")
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(file));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Files.readAllLines(file).getLast()).startsWith("{\"end\":\"complete\",");
            return answer.body();
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    Path get(String path, Path file) throws IOException, InterruptedException {
        return Files.writeString(file, get(path).body());
    }

    /// What the verifier says.
    static String verify(Path export, Path checkpoints, Path keys) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            int code = Verify.run(out, out, export.toString(), checkpoints.toString(), "--key", keys.toString());
            out.print("exit " + code);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
        node.close();
        source.close();
    }
}
