package dev.parley.testing;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.parley.messages.AccountId;
import java.security.Principal;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Query-side runs, on the servers of this JVM.
@SpringBootTest(classes = TestApp.class)
@AutoConfigureMockMvc
public abstract class Running {

    @Autowired
    protected EventStore store;

    @Autowired
    protected MockMvc http;

    private final JsonMapper json = new JsonMapper();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> Servers.postgres().jdbcUrl());
        properties.add("spring.datasource.username", () -> Servers.postgres().user());
        properties.add("spring.datasource.password", () -> Servers.postgres().password());
        properties.add(
                "spring.elasticsearch.uris", () -> Servers.elasticsearch().uri());
        properties.add(
                "axon.axonserver.servers",
                () -> "127.0.0.1:" + Servers.axonServer().port());
        properties.add("axon.axonserver.disable-event-blacklisting", () -> true);
        properties.add("parley.query-side.index-timeout", () -> "6s");
        properties.add("axon.update-check.disabled", () -> true);
        properties.add("spring.flyway.enabled", () -> false);
    }

    /// An answer: its status and its JSON.
    public record Answer(int status, JsonNode json) {

        public JsonNode at(String pointer) {
            return json.at(pointer);
        }
    }

    /// Asks as that account, after everything that was stored so far is projected.
    protected Answer ask(AccountId as, String url, Object... variables) {
        return askAfter(as, String.valueOf(store.createHeadToken().position().orElse(0)), url, variables);
    }

    /// @param after the header `Parley-After`
    protected Answer askAfter(AccountId as, @Nullable String after, String url, Object... variables) {
        Principal principal = as::toString;
        var request = get(url, variables).principal(principal);
        if (after != null) {
            request.header("Parley-After", after);
        }
        try {
            MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
            response.setCharacterEncoding("UTF-8");
            return new Answer(response.getStatus(), json.readTree(response.getContentAsByteArray()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
