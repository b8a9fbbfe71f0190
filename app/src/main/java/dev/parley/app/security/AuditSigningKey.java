package dev.parley.app.security;

import dev.parley.app.ParleyProperties;
import dev.parley.app.role.NodeRole;
import dev.parley.app.role.NodeRoles;
import dev.parley.query.chain.KeyFile;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Gives audit checkpoints a key to be signed with where the configuration names none: made once, kept in the data
/// folder's `audit-signing-key.pem`, readable by its owner only. Its public half is in `audit-public-key.pem`.
public final class AuditSigningKey implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PROPERTY = "parley.query-side.audit.signing-key";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!NodeRoles.of(environment).contains(NodeRole.QUERY_SIDE) || environment.containsProperty(PROPERTY)) {
            return;
        }
        Path data = Binder.get(environment)
                .bindOrCreate("parley", ParleyProperties.class)
                .data();
        Path secret = data.resolve("audit-signing-key.pem");
        KeyFile.make(secret, data.resolve("audit-public-key.pem"));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("auditSigningKey", Map.of(PROPERTY, secret.toString())));
    }
}
