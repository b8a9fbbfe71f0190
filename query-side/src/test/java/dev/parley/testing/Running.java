package dev.parley.testing;

import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.parley.messages.AccountId;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.progress.ProjectionProgress;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
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

    @Autowired
    private ProjectionProgress progress;

    private final JsonMapper json = new JsonMapper();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        properties().forEach((name, value) -> properties.add(name, () -> value));
        properties.add("parley.query-side.rebuild.retire", () -> "1s");
        properties.add("parley.query-side.rebuild.batch-size", () -> 250);
        properties.add("parley.query-side.rebuild.hold", () -> "2s");
    }

    /// What a context needs to run on the servers of this JVM.
    protected static Map<String, Object> properties() {
        return Map.of(
                "spring.datasource.url",
                Servers.postgres().jdbcUrl(),
                "spring.datasource.username",
                Servers.postgres().user(),
                "spring.datasource.password",
                Servers.postgres().password(),
                "spring.elasticsearch.uris",
                Servers.elasticsearch().uri(),
                "spring.flyway.enabled",
                false,
                "axon.axonserver.servers",
                "127.0.0.1:" + Servers.axonServer().port(),
                "axon.axonserver.disable-event-blacklisting",
                true,
                "axon.update-check.disabled",
                true,
                "parley.query-side.index-timeout",
                "6s",
                "parley.query-side.audit.signing-key",
                Servers.signingKey());
    }

    /// An answer: its status and its JSON.
    public record Answer(int status, JsonNode json) {

        public JsonNode at(String pointer) {
            return json.at(pointer);
        }
    }

    /// Returns when the running projections have done all that is stored: what a test does to their
    /// tables by hand is then left alone.
    protected void awaitProjections() {
        TrackingToken token = store.createHeadToken();
        if (token == null) {
            return; // an empty store
        }
        String head = String.valueOf(token.position().orElseThrow());
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            progress.await(
                    head,
                    QuerySideConfiguration.HISTORY,
                    QuerySideConfiguration.INBOX,
                    QuerySideConfiguration.LOBBY,
                    QuerySideConfiguration.ARCHIVE);
            return true;
        });
    }

    /// Asks as that account, after everything that was stored so far is projected.
    protected Answer ask(AccountId as, String url, Object... variables) {
        return askAfter(as, String.valueOf(store.createHeadToken().position().orElse(0)), url, variables);
    }

    /// @param after the header `Parley-After`
    protected Answer askAfter(AccountId as, @Nullable String after, String url, Object... variables) {
        Principal principal = as::toString;
        MockHttpServletRequestBuilder request = get(url, variables).principal(principal);
        if (after != null) {
            request.header("Parley-After", after);
        }
        return perform(request);
    }

    /// Answers that come later, on another thread, are waited for.
    protected Answer perform(MockHttpServletRequestBuilder request) {
        try {
            MvcResult result = http.perform(request).andReturn();
            if (result.getRequest().isAsyncStarted()) {
                result = http.perform(asyncDispatch(result)).andReturn();
            }
            MockHttpServletResponse response = result.getResponse();
            return new Answer(response.getStatus(), json.readTree(response.getContentAsByteArray()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
