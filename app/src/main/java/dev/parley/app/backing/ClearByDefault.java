package dev.parley.app.backing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Lets the application be cleared by whoever reaches it (`parley.clear.enabled`) where it is somebody's own: it
/// listens
/// on loopback and stands on no server that the configuration names. What the configuration says about it counts more.
public final class ClearByDefault implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PROPERTY = "parley.clear.enabled";

    /// To run before the embedded servers write their addresses into the configuration.
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        boolean own = listensOnLoopback(environment)
                && environment.getProperty("spring.datasource.url") == null
                && environment.getProperty("axon.axonserver.servers", "").isBlank();
        if (own && !environment.containsProperty(PROPERTY)) {
            environment.getPropertySources().addLast(new MapPropertySource("clearByDefault", Map.of(PROPERTY, true)));
        }
    }

    private static boolean listensOnLoopback(ConfigurableEnvironment environment) {
        String address = environment.getProperty("server.address");
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
