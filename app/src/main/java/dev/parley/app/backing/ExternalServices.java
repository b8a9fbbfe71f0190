package dev.parley.app.backing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.springframework.core.env.Environment;

/// The servers the configuration names must answer when Parley starts. Each is tried once, for five seconds.
final class ExternalServices {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int AXON_SERVER_PORT = 8124;

    private ExternalServices() {}

    /// @throws StartException naming the first that does not answer
    static void requireReachable(Environment environment) {
        String database = environment.getProperty("spring.datasource.url");
        if (database != null) {
            requireDatabase(database, environment);
        }
        for (String uri : list(environment, "spring.elasticsearch.uris")) {
            requireElasticsearch(uri);
        }
        requireAxonServer(list(environment, "axon.axonserver.servers"));
    }

    private static List<String> list(Environment environment, String property) {
        return List.of(environment.getProperty(property, String[].class, new String[0]));
    }

    private static void requireDatabase(String url, Environment environment) {
        Properties login = new Properties();
        login.setProperty("user", environment.getProperty("spring.datasource.username", ""));
        login.setProperty("password", environment.getProperty("spring.datasource.password", ""));
        login.setProperty("connectTimeout", "5");
        login.setProperty("loginTimeout", "5");
        try {
            DriverManager.getConnection(url, login).close();
        } catch (SQLException e) {
            throw new StartException("PostgreSQL at " + url + " (SPRING_DATASOURCE_URL) cannot be used: " + firstLine(e)
                    + " Start it, or unset the variable to use the embedded one.");
        }
    }

    private static void requireElasticsearch(String uri) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(uri).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException("Elasticsearch at " + uri + " (SPRING_ELASTICSEARCH_URIS) cannot be reached: "
                    + firstLine(e) + " Start it, or unset the variable to use the embedded one.");
        }
    }

    private static void requireAxonServer(List<String> servers) {
        if (!servers.isEmpty() && servers.stream().noneMatch(ExternalServices::listens)) {
            throw new StartException("Axon Server at " + String.join(",", servers)
                    + " (AXON_AXONSERVER_SERVERS) cannot be reached. Start it, or unset the variable to use the"
                    + " embedded node.");
        }
    }

    private static boolean listens(String server) {
        int colon = server.lastIndexOf(':');
        String host = colon < 0 ? server : server.substring(0, colon);
        try (Socket socket = new Socket()) {
            int port = colon < 0 ? AXON_SERVER_PORT : Integer.parseInt(server.substring(colon + 1));
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /// The first line of the message, ended by one full stop.
    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("\\.*$", ".");
    }
}
