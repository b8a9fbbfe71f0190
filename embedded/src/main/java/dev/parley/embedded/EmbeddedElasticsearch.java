package dev.parley.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A single-node Elasticsearch that runs as a child process of this JVM under the same JDK, without security, on
/// 127.0.0.1.
///
/// What it acknowledged survives any end of the server, of this JVM and of the machine. The data stays in the data
/// folder; the next start there goes on with it, and first ends a server that an earlier JVM left behind because it
/// was killed.
///
/// Thread-safe. Whoever starts it closes it: nothing does that at the end of the JVM, unless [#closeAtExit()] was
/// called.
public final class EmbeddedElasticsearch implements AutoCloseable {
    private final RunningServer running;

    private EmbeddedElasticsearch(RunningServer running) {
        this.running = running;
    }

    /// Starts with the default settings.
    ///
    /// @param home see [ElasticsearchHome#locate()]
    /// @throws EmbeddedStartException see [#start(EmbeddedElasticsearchSettings, Consumer)]
    public static EmbeddedElasticsearch start(Path home, Path dataFolder) {
        return start(EmbeddedElasticsearchSettings.of(home, dataFolder));
    }

    /// Starts without telling the progress.
    ///
    /// @throws EmbeddedStartException see [#start(EmbeddedElasticsearchSettings, Consumer)]
    public static EmbeddedElasticsearch start(EmbeddedElasticsearchSettings settings) {
        return start(settings, step -> {});
    }

    /// Returns when the cluster's health is yellow or green: about ten seconds on two slow cores. May be called by
    /// several threads for several folders at once.
    ///
    /// @param progress told each step in a few words, by the calling thread
    /// @throws EmbeddedStartException when it cannot be started; nothing is left running then
    public static EmbeddedElasticsearch start(EmbeddedElasticsearchSettings settings, Consumer<String> progress) {
        DataFolder folder = DataFolder.open("Elasticsearch", settings.dataFolder(), settings.minimumFreeBytes());
        try (ElasticsearchServer server = new ElasticsearchServer(folder, settings)) {
            return new EmbeddedElasticsearch(new ServerLaunch(server, folder, progress).launch(settings.port()));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// The address of the HTTP interface, `http://127.0.0.1:<port>`.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + running.port());
    }

    public int port() {
        return running.port();
    }

    /// The process id of the launcher, the parent of the server's process.
    public long pid() {
        return running.pid();
    }

    /// Closes at the end of this JVM; meant for tests that share one server.
    ///
    /// @return this
    public EmbeddedElasticsearch closeAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-elasticsearch"));
        return this;
    }

    /// Ends the server with all its processes. Takes at most 30 seconds, commonly one. Does nothing the second
    /// time.
    @Override
    public void close() {
        running.close();
    }
}
