package dev.parley.delivery.signal;

import dev.parley.delivery.DeliveryProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.DriverManager;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import org.postgresql.PGProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Signals between nodes. Whoever imports this has a [Pulse] and a [SignalHandler].
@Configuration(proxyBeanMethods = false)
public class SignalConfiguration {

    /// In seconds: no statement of the listening connection takes long.
    private static final String PATIENCE = "10";

    @Bean
    NodeId deliveryNodeId() {
        return NodeId.random();
    }

    @Bean
    SignalNotifier deliverySignalNotifier(JdbcClient jdbc) {
        return new SignalNotifier(jdbc);
    }

    @Bean
    SignalSender deliverySignalSender(
            SignalNotifier notifier,
            NodeId self,
            ExecutorService deliveryExecutor,
            DeliveryProperties limits,
            MeterRegistry meters) {
        return new SignalSender(notifier, self, deliveryExecutor, limits.signals(), meters);
    }

    /// Beside the pool, which is for short work, with limits that find a dead network.
    @Bean
    SignalConnections deliverySignalConnections(JdbcConnectionDetails details) {
        Properties settings = new Properties();
        PGProperty.USER.set(settings, details.getUsername());
        PGProperty.PASSWORD.set(settings, details.getPassword());
        PGProperty.APPLICATION_NAME.set(settings, "parley-signals");
        PGProperty.TCP_KEEP_ALIVE.set(settings, true);
        PGProperty.CONNECT_TIMEOUT.set(settings, PATIENCE);
        PGProperty.SOCKET_TIMEOUT.set(settings, PATIENCE);
        return () -> DriverManager.getConnection(details.getJdbcUrl(), settings);
    }

    @Bean
    SignalListener deliverySignalListener(
            SignalConnections connections, NodeId self, Pulse pulse, SignalHandler handler, MeterRegistry meters) {
        return new SignalListener(connections, self, pulse, handler, meters);
    }
}
