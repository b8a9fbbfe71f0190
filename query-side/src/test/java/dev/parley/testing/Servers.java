package dev.parley.testing;

import dev.parley.embedded.ElasticsearchHome;
import dev.parley.embedded.EmbeddedElasticsearch;
import dev.parley.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The PostgreSQL and the Elasticsearch of this JVM's tests, started once.
public final class Servers {

    private static final Path FOLDER = folder();
    private static final EmbeddedPostgres POSTGRES =
            EmbeddedPostgres.start(FOLDER.resolve("postgres")).closeAtExit();
    private static final Relay RELAY = Relay.open();
    private static EmbeddedElasticsearch elasticsearch = startElasticsearch();

    private Servers() {}

    public static EmbeddedPostgres postgres() {
        return POSTGRES;
    }

    /// The way to Elasticsearch, which stays the same when that is started again.
    public static Relay elasticsearch() {
        return RELAY;
    }

    public static synchronized void stopElasticsearch() {
        RELAY.refuse();
        elasticsearch.close();
    }

    public static synchronized void restartElasticsearch() {
        elasticsearch = startElasticsearch();
    }

    private static EmbeddedElasticsearch startElasticsearch() {
        EmbeddedElasticsearch started = EmbeddedElasticsearch.start(
                        ElasticsearchHome.locate(), FOLDER.resolve("elasticsearch"))
                .closeAtExit();
        RELAY.forwardTo(started.port());
        return started;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
