package dev.parley.app.backing;

import dev.parley.app.ParleyProperties;
import dev.parley.app.role.NodeRole;
import dev.parley.app.role.NodeRoles;
import dev.parley.embedded.ElasticsearchHome;
import dev.parley.embedded.EmbeddedElasticsearch;
import dev.parley.embedded.EmbeddedElasticsearchSettings;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.embedded.EmbeddedPostgresSettings;
import dev.parley.embedded.EmbeddedStartException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Starts an embedded PostgreSQL and Elasticsearch where the configuration names none, before any bean is made, and
/// tells
/// the configuration where they are. A server that is named must be reachable: there is no silent fall back.
///
/// PostgreSQL is up when this returns. Elasticsearch takes longer, so the context is built meanwhile and
/// [#awaitElasticsearch] is called before anything works.
public final class BackingServers
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, AutoCloseable {

    private final Consumer<String> progress;
    private final ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable CompletableFuture<EmbeddedPostgres> postgres;
    private @Nullable CompletableFuture<EmbeddedElasticsearch> elasticsearch;
    private boolean closed;

    /// @param progress is told each step in a few words
    public BackingServers(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        ParleyProperties properties = Binder.get(environment).bindOrCreate("parley", ParleyProperties.class);
        Set<NodeRole> roles = NodeRoles.of(environment);
        Map<String, Object> found = new HashMap<>();
        found.put("parley.roles", roles.stream().map(NodeRole::name).collect(Collectors.joining(",")));

        Ports.requireFree(environment, roles);
        ExternalServices.requireReachable(environment);
        if (!NodeRoles.namesAxonServer(environment)) {
            found.put("axon.axonserver.servers", "127.0.0.1:" + Ports.axonServer(environment));
        }
        if (roles.contains(NodeRole.QUERY_SIDE) && environment.getProperty("spring.elasticsearch.uris") == null) {
            int port = Ports.free();
            elasticsearch = start(() -> startElasticsearch(properties, port));
            found.put("spring.elasticsearch.uris", "http://127.0.0.1:" + port);
        }
        if (environment.getProperty("spring.datasource.url") == null) {
            postgres = start(() -> startPostgres(properties));
            EmbeddedPostgres server = await(postgres);
            found.put("spring.datasource.url", server.jdbcUrl());
            found.put("spring.datasource.username", server.user());
            found.put("spring.datasource.password", server.password());
        }
        environment.getPropertySources().addFirst(new MapPropertySource("backingServers", found));
        context.getBeanFactory().registerSingleton("backingServers", this);
    }

    /// Returns when the embedded Elasticsearch is up, at once where there is none.
    ///
    /// @throws EmbeddedStartException if it did not start
    public void awaitElasticsearch() {
        if (elasticsearch != null) {
            await(elasticsearch);
        }
    }

    /// Stops what was started, the last first; what is still starting is waited for and then stopped.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        var stoppingElasticsearch = stop(elasticsearch);
        stop(postgres).join();
        stoppingElasticsearch.join();
        starters.close();
    }

    private EmbeddedPostgres startPostgres(ParleyProperties properties) {
        return EmbeddedPostgres.start(
                EmbeddedPostgresSettings.of(properties.data().resolve("postgresql")), progress);
    }

    private EmbeddedElasticsearch startElasticsearch(ParleyProperties properties, int port) {
        return EmbeddedElasticsearch.start(
                EmbeddedElasticsearchSettings.of(
                                ElasticsearchHome.locate(), properties.data().resolve("elasticsearch"))
                        .withPort(port)
                        .withHeapMegabytes(
                                Math.toIntExact(properties.elasticsearchHeap().toMegabytes())),
                progress);
    }

    private <T> CompletableFuture<T> start(Supplier<T> server) {
        return CompletableFuture.supplyAsync(server, starters);
    }

    private static <T> T await(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EmbeddedStartException reason ? reason : e;
        }
    }

    private CompletableFuture<Void> stop(@Nullable CompletableFuture<? extends AutoCloseable> server) {
        if (server == null) {
            return CompletableFuture.completedFuture(null);
        }
        return server.thenAcceptAsync(BackingServers::closeQuietly, starters).exceptionally(neverStarted -> null);
    }

    private static void closeQuietly(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
