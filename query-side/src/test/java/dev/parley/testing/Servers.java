package dev.parley.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.axonserver.AxonServerNode;
import dev.parley.axonserver.AxonServerNodeProperties;
import dev.parley.embedded.ElasticsearchHome;
import dev.parley.embedded.EmbeddedElasticsearch;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.query.chain.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The PostgreSQL, the Elasticsearch and the Axon Server node of this JVM's tests, started once.
public final class Servers {

    private static final Path FOLDER = folder();
    private static final EmbeddedPostgres POSTGRES =
            EmbeddedPostgres.start(FOLDER.resolve("postgres")).closeAtExit();
    private static final AxonServerNode AXON_SERVER = startAxonServer();
    private static final Relay RELAY = Relay.open();
    private static EmbeddedElasticsearch elasticsearch = startElasticsearch();
    private static boolean stopped;

    private Servers() {}

    public static EmbeddedPostgres postgres() {
        return POSTGRES;
    }

    /// A key that signs checkpoints.
    public static Path signingKey() {
        Path secret = FOLDER.resolve("signing-key.pem");
        KeyFile.make(secret, FOLDER.resolve("public-key.pem"));
        return secret;
    }

    public static AxonServerNode axonServer() {
        return AXON_SERVER;
    }

    /// The way to Elasticsearch, which stays the same when that is started again.
    public static Relay elasticsearch() {
        return RELAY;
    }

    public static synchronized void stopElasticsearch() {
        RELAY.refuse();
        elasticsearch.close();
        stopped = true;
    }

    /// Until it is started again, it takes requests and does not answer.
    public static synchronized void silenceElasticsearch() {
        RELAY.fallSilent();
    }

    /// Does nothing while it runs.
    public static synchronized void restartElasticsearch() {
        if (stopped) {
            elasticsearch = startElasticsearch();
            stopped = false;
        } else if (!RELAY.isForwarding()) {
            RELAY.forwardTo(elasticsearch.port());
        }
    }

    private static AxonServerNode startAxonServer() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(POSTGRES.jdbcUrl());
        dataSource.setUsername(POSTGRES.user());
        dataSource.setPassword(POSTGRES.password());
        return AxonServerNode.start(AxonServerNodeProperties.with(Map.of("port", 0)), dataSource);
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
