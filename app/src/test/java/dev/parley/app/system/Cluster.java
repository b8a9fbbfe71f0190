package dev.parley.app.system;

import dev.parley.embedded.ElasticsearchHome;
import dev.parley.embedded.EmbeddedElasticsearch;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.embedded.EmbeddedPostgresSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Parley on several processes, as an operator spreads it: PostgreSQL and Elasticsearch by themselves, a process with
/// the Axon Server node, and nodes with all other roles.
final class Cluster implements AutoCloseable {

    private static final String OTHER_ROLES = "command-side,query-side,delivery,notifications";

    private final Path folder;
    private final int axonPort = Product.freePort();
    private final EmbeddedElasticsearch elasticsearch;
    private final List<Product> nodes = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private Product axonServer;

    private Cluster(Path folder) {
        this.folder = folder;
        postgres = EmbeddedPostgres.start(folder.resolve("postgresql"));
        elasticsearch = EmbeddedElasticsearch.start(ElasticsearchHome.locate(), folder.resolve("elasticsearch"));
        axonServer = startAxonServer();
    }

    static Cluster start(Path folder, int nodes) {
        Cluster cluster = new Cluster(folder);
        for (int i = 0; i < nodes; i++) {
            cluster.nodes.add(cluster.startNode(i));
        }
        return cluster;
    }

    Product node(int number) {
        return nodes.get(number);
    }

    LobbyClient lobby(int number) {
        return new LobbyClient(nodes.get(number).address());
    }

    void stopPostgres() {
        postgres.close();
    }

    void startPostgresAgain() {
        postgres = EmbeddedPostgres.start(
                EmbeddedPostgresSettings.of(folder.resolve("postgresql")).withPort(postgres.port()));
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
        nodes.forEach(Product::close);
        axonServer.close();
        elasticsearch.close();
        postgres.close();
    }

    private Product startAxonServer() {
        List<String> arguments = withDatabase("axonserver");
        arguments.add("--parley.axonserver.port=" + axonPort);
        return Product.start(folder.resolve("axonserver"), arguments);
    }

    private Product startNode(int number) {
        List<String> arguments = withDatabase(OTHER_ROLES);
        arguments.add("--spring.elasticsearch.uris=" + elasticsearch.uri());
        arguments.add("--axon.axonserver.servers=127.0.0.1:" + axonPort);
        arguments.add("--parley.clear.enabled=true");
        arguments.add("--parley.command-side.admin.password=the same on all nodes");
        return Product.start(folder.resolve("node-" + number), arguments);
    }

    private List<String> withDatabase(String roles) {
        return new ArrayList<>(List.of(
                "--parley.roles=" + roles,
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.user(),
                "--spring.datasource.password=" + postgres.password()));
    }
}
