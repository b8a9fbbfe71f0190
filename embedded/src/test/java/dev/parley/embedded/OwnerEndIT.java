package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the servers when the JVM that started them ends without closing them in peace.
class OwnerEndIT {
    @TempDir
    Path folder;

    private Path postgresFolder;
    private Path elasticsearchFolder;

    @BeforeEach
    void name() {
        postgresFolder = folder.resolve("postgres");
        elasticsearchFolder = folder.resolve("elasticsearch");
    }

    @Test
    void ctrlCReachesTheOwnerAlone() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(postgresFolder)) {
            ProcessHandle server = owner.postgres();
            owner.interruptGroup();
            assertThat(owner.nextLine("answered")).isEqualTo("answered true");
            owner.awaitExit();
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void whatAKilledOwnerLeftBehindIsEndedAndItsDataKept() throws Exception {
        List<ProcessHandle> left = new ArrayList<>();
        try (OwnerProcess owner = OwnerProcess.start(postgresFolder, elasticsearchFolder)) {
            owner.kill();
            left.addAll(owner.elasticsearch().descendants().toList());
            left.addAll(List.of(owner.postgres(), owner.elasticsearch()));
            assertThat(left).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessHandle::isAlive);

            List<String> steps = new ArrayList<>();
            CompletableFuture<EmbeddedElasticsearch> starting = CompletableFuture.supplyAsync(
                    () -> EmbeddedElasticsearch.start(ElasticsearchHome.locate(), elasticsearchFolder));
            try (EmbeddedPostgres postgres =
                            EmbeddedPostgres.start(EmbeddedPostgresSettings.of(postgresFolder), steps::add);
                    EmbeddedElasticsearch elasticsearch = starting.get()) {
                assertThat(left).noneMatch(ProcessHandle::isAlive);
                assertThat(steps).first().asString().startsWith("stopping the PostgreSQL a killed process left behind");
                assertKept(postgres);
                assertKept(elasticsearch);
                assertOneProcessTree(postgres, elasticsearch);
            }
            assertThat(ProcessHandle.current().descendants()).isEmpty();
        }
    }

    @Test
    void aServerIsFoundByPostgresOwnFileToo() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(postgresFolder)) {
            ProcessHandle left = owner.postgres();
            owner.kill();
            Files.delete(postgresFolder.resolve("state"));
            EmbeddedPostgres.start(postgresFolder).close();
            assertThat(left.isAlive()).isFalse();
        }
    }

    @Test
    void aServerKilledWithItsOwnerStartsAgainAtOnce() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(postgresFolder)) {
            owner.postgres().destroyForcibly();
            owner.kill();
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(postgresFolder)) {
                assertKept(postgres);
            }
        }
    }

    @Test
    void anotherProgramWithTheSamePidIsLeftAlone() throws Exception {
        EmbeddedPostgres.start(postgresFolder).close();
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            ServerState.of(List.of(other.toHandle()), 1).write(postgresFolder.resolve("state"));
            long startedAt = other.info().startInstant().orElseThrow().getEpochSecond();
            Files.writeString(
                    postgresFolder.resolve("pgdata/postmaster.pid"),
                    "%d\n%s\n%d\n1\n\n127.0.0.1\n".formatted(other.pid(), postgresFolder.resolve("pgdata"), startedAt));
            EmbeddedPostgres.start(postgresFolder).close();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFolderInUseByAnotherProcessNamesThatProcess() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(postgresFolder)) {
            ProcessHandle holder = owner.postgres().parent().orElseThrow();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(catchStart())
                            .isInstanceOf(EmbeddedStartException.class)
                            .hasMessageContaining("in use by process " + holder.pid()));
            assertThat(owner.postgres().isAlive()).isTrue();
        }
    }

    private Throwable catchStart() {
        return org.assertj.core.api.Assertions.catchThrowable(
                () -> EmbeddedPostgres.start(postgresFolder).close());
    }

    private static void assertKept(EmbeddedPostgres postgres) throws Exception {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select answer from kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    private static void assertKept(EmbeddedElasticsearch elasticsearch) throws IOException, InterruptedException {
        assertThat(get(elasticsearch, "/kept/_doc/1")).contains("hello");
        assertThat(get(elasticsearch, "/_cluster/settings?include_defaults&flat_settings"))
                .contains("\"xpack.security.enabled\":\"false\"")
                .contains("\"cluster.routing.allocation.disk.watermark.flood_stage\":\"200mb\"");
        assertThat(ProcessHandle.of(elasticsearch.pid())
                        .flatMap(process -> process.info().command()))
                .contains(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    private static void assertOneProcessTree(EmbeddedPostgres postgres, EmbeddedElasticsearch elasticsearch)
            throws IOException {
        assertThat(ProcessHandle.current().children().map(ProcessHandle::pid))
                .containsExactlyInAnyOrder(postgres.pid(), elasticsearch.pid());
        assertThat(Processes.session(elasticsearch.pid())).isEqualTo(elasticsearch.pid());
    }

    private static String get(EmbeddedElasticsearch elasticsearch, String path)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(elasticsearch.uri().resolve(path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
