package dev.parley.app.start;

import dev.parley.app.ParleyProperties;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The last step of starting: prints where Parley is and three lines to try.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Readiness implements ApplicationRunner {

    private final ParleyProperties properties;
    private final WebServerApplicationContext context;
    private final Consumer<String> progress;

    Readiness(ParleyProperties properties, WebServerApplicationContext context, StartProgress progress) {
        this.properties = properties;
        this.context = context;
        this.progress = progress;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        progress.accept("ready");
        int port = Objects.requireNonNull(context.getWebServer(), "Parley runs a web server")
                .getPort();
        System.out.println(
                """

                Parley is ready.
                  address  http://127.0.0.1:%1$d
                  data     %2$s

                Try:
                  TOKEN=$(curl -s http://127.0.0.1:%1$d/api/v1/accounts -H 'Content-Type: application/json' \
                -d '{"username":"me","password":"correct horse"}' | sed 's/.*"token":"\\([^"]*\\).*/\\1/')
                  curl -s http://127.0.0.1:%1$d/api/v1/conversations -H "Authorization: Bearer $TOKEN" \
                -H 'Content-Type: application/json' -d '{"kind":"group","title":"Notes","members":[]}'
                  bin/listen "$TOKEN" --server http://127.0.0.1:%1$d
                """.formatted(port, properties.data().toAbsolutePath().normalize()));
    }
}
