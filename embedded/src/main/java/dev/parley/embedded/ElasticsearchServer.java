package dev.parley.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One Elasticsearch in its data folder.
///
/// ```
/// config/  data/  logs/  tmp/
/// ```
///
/// The direct child is Elasticsearch's own launcher, a small JVM that starts the server's JVM and stops it when it
/// gets SIGTERM; should the launcher be killed, the server ends by itself. Going without it would save some 90 MB
/// and some time, at the price of speaking an internal protocol that changes with each version.
final class ElasticsearchServer implements Server, AutoCloseable {
    private static final String TITLE = "Elasticsearch";
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final DataFolder folder;
    private final EmbeddedElasticsearchSettings settings;
    private final ElasticsearchConfiguration configuration;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final String node = "parley-" + UUID.randomUUID();
    private Unprivileged unprivileged = Unprivileged.DIRECT;

    ElasticsearchServer(DataFolder folder, EmbeddedElasticsearchSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.configuration = new ElasticsearchConfiguration(settings.home(), folder, node);
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Ending ending() {
        return Ending.ELASTICSEARCH;
    }

    @Override
    public void prepare() throws IOException {
        Path launcher = ElasticsearchHome.launcher(ElasticsearchHome.requireComplete(settings.home()));
        Path java = javaHome().resolve("bin").resolve("java");
        if (!Files.isExecutable(java)) {
            throw new EmbeddedStartException(
                    "Elasticsearch needs a JDK and %s is missing: install a JDK 25 and set JAVA_HOME to it"
                            .formatted(java));
        }
        PrivateFiles.deleteTree(folder.resolve("tmp"));
        for (String name : List.of("config", "data", "logs", "tmp")) {
            Files.createDirectories(folder.resolve(name));
        }
        unprivileged = Unprivileged.choose(TITLE, folder.path(), List.of(launcher, java));
    }

    @Override
    public List<String> command(int port) throws IOException {
        configuration.write(port, settings.heapMegabytes());
        // By the shell's name: an unpacked zip may have lost its execute permissions.
        return unprivileged.wrap(
                List.of("bash", ElasticsearchHome.launcher(settings.home()).toString()));
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (String other : List.of("JAVA_HOME", "JAVA_OPTS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "ES_JAVA_OPTS")) {
            environment.put(other, "");
        }
        environment.put("ES_JAVA_HOME", javaHome().toString());
        environment.put("ES_PATH_CONF", configuration.path().toString());
        environment.put("ES_TMPDIR", folder.resolve("tmp").toString());
        // The launcher lives as long as the server and has nothing to do: no second compiler for it.
        environment.put("CLI_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=16m -Xss512k");
        return environment;
    }

    /// Asks for the node's name too: for ten seconds nobody listens on the chosen port, and another may come to do
    /// so.
    @Override
    public boolean answers(int port) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port);
        try {
            return get(uri.resolve("/_cluster/health?wait_for_status=yellow&timeout=1s"))
                                    .statusCode()
                            == 200
                    && get(uri.resolve("/_cat/nodes?h=name")).body().strip().equals(node);
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
    }

    /// The lock of the indices is free a moment after the processes of a killed server are gone.
    @Override
    public boolean mayRecover(String output) {
        return output.contains("failed to obtain node locks");
    }

    /// Gives the HTTP client free.
    @Override
    public void close() {
        http.close();
    }

    private static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }
}
