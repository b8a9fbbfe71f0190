package dev.parley.app.demo;

import dev.parley.app.start.StartProgress;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Makes the demo before Parley says that it is ready. A demo that cannot be made is told and does not stop the start.
@Component
@ConditionalOnProperty("parley.demo")
@Order(0)
class DemoRunner implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DemoRunner.class);

    private final WebServerApplicationContext context;
    private final JsonMapper json;
    private final StartProgress progress;

    DemoRunner(WebServerApplicationContext context, JsonMapper json, StartProgress progress) {
        this.context = context;
        this.json = json;
        this.progress = progress;
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        WebServer self = Objects.requireNonNull(context.getWebServer(), "runners run after the web server started");
        try (DemoClient client = new DemoClient(URI.create("http://127.0.0.1:" + self.getPort()), json)) {
            new Demo(client).make();
            String names =
                    DemoScript.PEOPLE.stream().map(DemoScript.Person::username).collect(Collectors.joining(", "));
            progress.accept("demo accounts " + names + ", password " + DemoScript.PASSWORD);
        } catch (DemoException | IOException e) {
            LOG.atWarn().setCause(e).log("The demo could not be made");
            progress.accept("the demo could not be made: " + e.getMessage());
        }
    }
}
