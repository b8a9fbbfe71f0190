package dev.parley.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.MessageId;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DemoTest {

    private ChatStub server;
    private DemoClient client;

    @BeforeEach
    void startServer() throws IOException {
        server = new ChatStub();
        client = new DemoClient(
                URI.create(server.address()), JsonMapper.builder().build());
    }

    @AfterEach
    void stopServer() {
        client.close();
        server.close();
    }

    @Test
    void accountsAndTheirConversationAreMade() throws Exception {
        new Demo(client).make();
        assertThat(server.passwords)
                .containsOnlyKeys("alice", "bob", "carol")
                .allSatisfy((name, password) -> assertThat(password).isEqualTo("parley-demo"));
        assertThat(server.titles).containsExactly(DemoScript.TITLE);
        assertThat(server.said)
                .extracting(said -> said.username() + ": " + said.body())
                .containsExactlyElementsOf(DemoScript.LINES.stream()
                        .map(line -> line.username() + ": " + line.body())
                        .toList());
        long now = Instant.now().toEpochMilli();
        assertThat(server.said)
                .extracting(said -> MessageId.of(said.id()).unixMillis())
                .allSatisfy(made -> assertThat(made).isBetween(now - 60_000, now));
    }

    @Test
    void secondStartAddsNothing() throws Exception {
        new Demo(client).make();
        new Demo(client).make();
        assertThat(server.titles).hasSize(1);
        assertThat(server.said).hasSameSizeAs(DemoScript.LINES);
    }

    @Test
    void conversationIsFoundOnALaterPage() throws Exception {
        new Demo(client).make();
        server.titles.addAll(0, Collections.nCopies(3, "another"));
        new Demo(client).make();
        assertThat(server.titles).hasSize(4);
    }

    @Test
    void serverThatIsNotAbleYetIsWaitedFor() throws Exception {
        server.unavailable.set(2);
        new Demo(client).make();
        assertThat(server.said).hasSameSizeAs(DemoScript.LINES);
    }

    @Test
    void accountOfSomebodyElseIsLeftAlone() {
        server.passwords.put("alice", "correct horse");
        assertThatThrownBy(() -> new Demo(client).make())
                .isInstanceOf(DemoException.class)
                .hasMessage("the account alice exists with another password");
        assertThat(server.titles).isEmpty();
    }
}
