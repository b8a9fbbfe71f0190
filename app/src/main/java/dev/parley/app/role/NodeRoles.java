package dev.parley.app.role;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// The roles of this process, from `parley.roles` (comma-separated; all when absent).
///
/// The embedded Axon Server node gives way to a real one: where `axon.axonserver.servers` is set, this process runs
/// none
/// unless it is asked for by name.
public final class NodeRoles {

    private static final Bindable<Set<NodeRole>> ROLES = Bindable.setOf(NodeRole.class);

    private NodeRoles() {}

    public static Set<NodeRole> of(Environment environment) {
        Set<NodeRole> named =
                Binder.get(environment).bind("parley.roles", ROLES).orElse(Set.of());
        if (!named.isEmpty()) {
            return named;
        }
        Set<NodeRole> all = EnumSet.allOf(NodeRole.class);
        if (namesAxonServer(environment)) {
            all.remove(NodeRole.AXONSERVER);
        }
        return all;
    }

    /// Whether the configuration names an Axon Server to connect to.
    public static boolean namesAxonServer(Environment environment) {
        return !environment.getProperty("axon.axonserver.servers", "").isBlank();
    }
}
