package dev.parley.app.system;

import dev.parley.embedded.ElasticsearchHome;
import dev.parley.embedded.EmbeddedElasticsearch;
import dev.parley.embedded.EmbeddedElasticsearchSettings;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.embedded.EmbeddedPostgresSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parley on several processes, as an operator spreads it: PostgreSQL and Elasticsearch by themselves, a process with
/// the Axon Server node, and named nodes with the other roles.
final class Cluster implements AutoCloseable {

    /// All but the Axon Server node.
    static final String ALL_ROLES = "command-side,query-side,delivery,notifications";

    private final Path folder;
    private final int axonPort = Product.freePort();
    private final Map<String, Product> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> commandLines = new LinkedHashMap<>();
    private EmbeddedElasticsearch elasticsearch;
    private EmbeddedPostgres postgres;
    private Product axonServer;

    private Cluster(Path folder) {
        this.folder = folder;
        postgres = EmbeddedPostgres.start(folder.resolve("postgresql"));
        elasticsearch = EmbeddedElasticsearch.start(ElasticsearchHome.locate(), folder.resolve("elasticsearch"));
        axonServer = startAxonServer();
    }

    /// @param roles of each node by its name, started in this order and together
    /// @param settings of all of them
    static Cluster start(Path folder, Map<String, String> roles, String... settings) {
        Cluster cluster = new Cluster(folder);
        roles.forEach((name, of) -> cluster.commandLines.put(name, cluster.commandLine(of, settings)));
        cluster.commandLines.forEach((name, line) -> cluster.nodes.put(name, cluster.launch(name, line)));
        cluster.nodes.values().forEach(Product::awaitReady);
        return cluster;
    }

    Product node(String name) {
        return nodes.get(name);
    }

    /// The node again, on the port it had, after it was killed or stopped.
    void startAgain(String name) {
        List<String> line = new ArrayList<>(commandLines.get(name));
        line.add("--server.port=" + nodes.get(name).address().getPort());
        nodes.put(name, launch(name, line).awaitReady());
    }

    void stopPostgres() {
        postgres.close();
    }

    void startPostgresAgain() {
        postgres = EmbeddedPostgres.start(
                EmbeddedPostgresSettings.of(folder.resolve("postgresql")).withPort(postgres.port()));
    }

    /// `kill -9` of Elasticsearch, its launcher first.
    void killElasticsearch() {
        ProcessHandle launcher = ProcessHandle.of(elasticsearch.pid()).orElseThrow();
        List<ProcessHandle> tree = new ArrayList<>(List.of(launcher));
        launcher.descendants().forEach(tree::add);
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(handle -> handle.onExit().join());
    }

    void startElasticsearchAgain() {
        elasticsearch.close();
        elasticsearch = EmbeddedElasticsearch.start(
                EmbeddedElasticsearchSettings.of(ElasticsearchHome.locate(), folder.resolve("elasticsearch"))
                        .withPort(elasticsearch.port()));
    }

    /// `kill -9` of the process with the Axon Server node.
    void killAxonServer() {
        axonServer.killTree();
    }

    void startAxonServerAgain() {
        axonServer = startAxonServer();
    }

    @Override
    public void close() {
        nodes.values().forEach(Product::close);
        axonServer.close();
        elasticsearch.close();
        postgres.close();
    }

    private Product startAxonServer() {
        List<String> arguments = withDatabase("axonserver");
        arguments.add("--parley.axonserver.port=" + axonPort);
        return Product.start(folder.resolve("axonserver"), arguments);
    }

    private Product launch(String name, List<String> commandLine) {
        return Product.launch(folder.resolve(name), commandLine);
    }

    private List<String> commandLine(String roles, String... settings) {
        List<String> arguments = withDatabase(roles);
        arguments.add("--spring.elasticsearch.uris=" + elasticsearch.uri());
        arguments.add("--axon.axonserver.servers=127.0.0.1:" + axonPort);
        arguments.add("--parley.command-side.admin.password=the same on all nodes");
        arguments.addAll(List.of(settings));
        return arguments;
    }

    private List<String> withDatabase(String roles) {
        return new ArrayList<>(List.of(
                "--parley.roles=" + roles,
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.user(),
                "--spring.datasource.password=" + postgres.password()));
    }
}
