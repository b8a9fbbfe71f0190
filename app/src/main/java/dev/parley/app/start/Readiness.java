package dev.parley.app.start;

import dev.parley.app.ParleyProperties;
import dev.parley.app.role.NodeRole;
import dev.parley.app.role.NodeRoles;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The last step of starting: prints where Parley is and, where this process can do it all, three lines to try.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Readiness implements ApplicationRunner {

    private static final Set<NodeRole> CHATTING = Set.of(NodeRole.COMMAND_SIDE, NodeRole.DELIVERY);

    private final ParleyProperties properties;
    private final WebServerApplicationContext context;
    private final Set<NodeRole> roles;
    private final Consumer<String> progress;

    Readiness(ParleyProperties properties, WebServerApplicationContext context, StartProgress progress) {
        this.properties = properties;
        this.context = context;
        this.roles = NodeRoles.of(context.getEnvironment());
        this.progress = progress;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        progress.accept("ready");
        int port = Objects.requireNonNull(context.getWebServer(), "Parley runs a web server")
                .getPort();
        System.out.printf("""

                Parley is ready.
                  address  http://127.0.0.1:%d
                  data     %s
                """, port, properties.data().toAbsolutePath().normalize());
        if (roles.containsAll(CHATTING)) {
            System.out.printf("""

                    Try:
                      TOKEN=$(curl -s http://127.0.0.1:%1$d/api/v1/accounts -H 'Content-Type: application/json' \
                    -d '{"username":"me","password":"correct horse"}' | sed 's/.*"token":"\\([^"]*\\).*/\\1/')
                      curl -s http://127.0.0.1:%1$d/api/v1/conversations -H "Authorization: Bearer $TOKEN" \
                    -H 'Content-Type: application/json' -d '{"kind":"group","title":"Notes","members":[]}'
                      bin/listen "$TOKEN" --server http://127.0.0.1:%1$d
                    """, port);
        }
        System.out.println();
    }
}
