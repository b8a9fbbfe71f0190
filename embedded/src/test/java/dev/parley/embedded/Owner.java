package dev.parley.embedded;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/// A program that owns servers until it is ended. Its arguments: data folder of PostgreSQL, then optionally
/// Elasticsearch's.
///
/// It stores something in each, prints `ready <pid of PostgreSQL> <pid of Elasticsearch or 0>`, and waits. When it
/// is ended by a signal it asks PostgreSQL something, prints `answered <result>`, and closes both.
final class Owner {
    private Owner() {}

    public static void main(String[] arguments) throws Exception {
        CompletableFuture<EmbeddedElasticsearch> elasticsearch = arguments.length == 1
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(
                        () -> EmbeddedElasticsearch.start(ElasticsearchHome.locate(), Path.of(arguments[1])));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
        execute(postgres, "create table if not exists kept as select 42 as answer");
        long elasticsearchPid = 0;
        if (elasticsearch.get() != null) {
            elasticsearchPid = elasticsearch.get().pid();
            store(elasticsearch.get());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("answered " + execute(postgres, "select 1"));
            postgres.close();
            if (elasticsearch.join() != null) {
                elasticsearch.join().close();
            }
        }));
        System.out.println("ready " + postgres.pid() + " " + elasticsearchPid);
        Thread.currentThread().join();
    }

    private static boolean execute(EmbeddedPostgres postgres, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void store(EmbeddedElasticsearch elasticsearch) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI document = elasticsearch.uri().resolve("/kept/_doc/1");
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(document)
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString("{\"word\":\"hello\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IllegalStateException(response.body());
            }
        }
    }
}
