package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `bin/import` and `bin/run --demo` as an operator uses them.
class ImportSystemTest {

    private static final int MESSAGES = 12_000;
    private static final List<Integer> MALFORMED = List.of(1, 500, MESSAGES + 3);
    private static final Instant FIRST = Instant.parse("2004-11-15T01:00:00Z");

    @TempDir
    private static Path folder;

    private static Product product;

    @BeforeAll
    static void start() {
        product = Product.start(folder.resolve("data"), List.of("--demo"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void anArchiveIsTakenOverOnceThoughTheImportIsKilled() throws Exception {
        Path archive = archive();
        Caller admin = Auditors.admin(product);
        Process killed = importing(archive);
        await().atMost(Duration.ofSeconds(90)).until(() -> imported(admin) > 0);
        killed.destroyForcibly().waitFor();
        long before = imported(admin);
        assertThat(before).isBetween(1L, (long) MESSAGES);

        Process again = importing(archive);
        assertThat(again.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(folder.resolve("import.txt"));
        assertThat(again.exitValue()).as(output).isZero();
        assertThat(output).contains("they agree");
        MALFORMED.forEach(line -> assertThat(output).containsPattern("(?m)line " + line + "\\b"));

        String conversation = conversation(admin);
        JsonNode counts = admin.get("/api/v1/admin/conversations/" + conversation + "/counts")
                .json();
        assertThat(counts.path("events").asLong()).isEqualTo(MESSAGES);
        assertThat(counts.path("stored").asLong()).isEqualTo(MESSAGES);
        assertThat(counts.path("indexed").asLong()).isEqualTo(MESSAGES);
        JsonNode first = admin.get("/api/v1/conversations/" + conversation + "/messages?after=0&limit=1")
                .json()
                .at("/messages/0");
        assertThat(Instant.parse(first.path("at").asString())).isEqualTo(FIRST);
        assertThat(first.path("username").asString()).isEqualTo("nick0@tale");
        assertThat(first.path("body").asString()).isEqualTo("message 0");
    }

    @Test
    void theDemoHasPeopleWhoTalk() {
        Caller alice = Caller.logIn(product.address(), "alice", "parley-demo");
        JsonNode inbox = alice.get("/api/v1/conversations").json();
        assertThat(inbox.path("conversations").size()).isEqualTo(1);
        assertThat(inbox.at("/conversations/0/lastMessage/body").asString()).isNotBlank();
    }

    /// Ten messages a minute by 20 nicks, with lines among them that are no messages.
    private static Path archive() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            lines.add(FIRST.plusSeconds(i / 10 * 60L) + "\tnick" + i % 20 + "\tmessage " + i);
        }
        lines.add(0, "not a message");
        lines.add(499, "yesterday\tnick1\twhen?");
        lines.add(FIRST + "\t\tnobody said this");
        return Files.write(folder.resolve("tale.tsv"), lines);
    }

    private static Process importing(Path archive) throws IOException {
        return new ProcessBuilder(
                        Product.root().resolve("bin/import").toString(),
                        archive.toString(),
                        "--server",
                        product.address().toString(),
                        "--data",
                        product.data().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("import.txt").toFile())
                .start();
    }

    private static long imported(Caller admin) {
        Answer report = admin.post("/api/v1/admin/imports/tale/messages", Map.of("messages", List.of()));
        return report.status() == 200 ? report.json().path("total").asLong() : 0;
    }

    private static String conversation(Caller admin) {
        return admin.post("/api/v1/admin/imports/tale", Map.of()).text("conversation");
    }
}
