package dev.parley.axonserver;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// A node in a JVM of its own, which is killed and started again on the same port.
final class NodeProcess implements AutoCloseable {

    private static final String SETTING = "NODE_SETTING_";

    private final List<String> options;
    private final Map<String, String> environment = new HashMap<>();
    private final int port;
    private ChildJvm child;

    /// @param options of the JVM, such as its heap
    /// @param settings below `parley.axonserver`
    NodeProcess(FragilePostgres postgres, List<String> options, Map<String, ?> settings) {
        this.options = options;
        environment.put("NODE_DATABASE", postgres.url());
        environment.put("NODE_USER", postgres.user());
        environment.put("NODE_PASSWORD", postgres.password());
        settings.forEach((name, value) -> environment.put(SETTING + name, value.toString()));
        start();
        port = Integer.parseInt(child.value());
        environment.put(SETTING + "port", child.value());
    }

    /// The node itself.
    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        ChildJvm.endWithParent();
        Map<String, Object> settings = new HashMap<>(Map.of("port", 0));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith(SETTING)) {
                settings.put(name.substring(SETTING.length()), value);
            }
        });
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(System.getenv("NODE_DATABASE"));
        database.setUsername(System.getenv("NODE_USER"));
        database.setPassword(System.getenv("NODE_PASSWORD"));
        AxonServerNode node = AxonServerNode.start(AxonServerNodeProperties.with(settings), database);
        ChildJvm.ready(node.port());
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return child.isAlive();
    }

    String output() {
        return child.output();
    }

    void start() {
        child = ChildJvm.start(NodeProcess.class, options, environment);
    }

    void kill() {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
    }
}
