package dev.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Random random = new Random(7);
    private Log log;
    private String export;
    private String checkpoints;
    private String key;

    @BeforeEach
    void aHistory() throws IOException {
        log = Log.random(random, 100, false);
        export = log.write(folder.resolve("export")).toString();
        checkpoints = log.checkpoints(folder.resolve("checkpoints"), true, 0).toString();
        key = log.publicKey(folder.resolve("key.pem")).toString();
    }

    @Test
    void goodIs0() {
        assertThat(verify(export, checkpoints, "--key", key)).isZero();
        assertThat(said()).isEqualTo("GOOD: 100 events are what " + log.seals.size() + " checkpoints say\n");
        assertThat(verify(export, checkpoints)).isZero();
        assertThat(said()).contains("The signatures were not looked at");
    }

    @Test
    void tamperedIs1() throws IOException {
        log.lines.remove(42);
        log.write(Path.of(export));
        assertThat(verify("--key", key, export, checkpoints)).isEqualTo(1);
        assertThat(said())
                .startsWith(
                        "DROPPED: the event at position 42 is not in the export; in its place is line 43, position 43,"
                                + " id ");
    }

    @Test
    void whatCannotBeToldIs2() throws IOException {
        assertThat(verify()).isEqualTo(2);
        assertThat(verify(export)).isEqualTo(2);
        assertThat(verify(export, checkpoints, "--key")).isEqualTo(2);
        assertThat(verify(export, folder.resolve("none").toString())).isEqualTo(2);
        assertThat(verify(export, export)).isEqualTo(2);
        assertThat(verify(export, checkpoints, "--key", export)).isEqualTo(2);
        Path cutKey = Files.writeString(
                folder.resolve("cut-key"), Files.readString(Path.of(key)).substring(0, 60));
        assertThat(verify(export, checkpoints, "--key", cutKey.toString())).isEqualTo(2);
        for (String bad :
                List.of("", "[1]", "{\"checkpoints\":[]}", "{\"checkpoints\":[1]}", "{", "[".repeat(99_999))) {
            Path file = Files.writeString(folder.resolve("bad"), bad);
            assertThat(verify(export, file.toString())).as(bad).isEqualTo(2);
        }
    }

    @Test
    void aPageOfCheckpointsDoesToo() throws IOException {
        List<String> newestFirst = log.checkpoints(false).reversed();
        Path page = Files.writeString(
                folder.resolve("page"),
                "{ \"checkpoints\" : [" + String.join(",\n", newestFirst) + "], \"breaks\":[] }");
        assertThat(verify(export, page.toString(), "--key", key)).isZero();
    }

    @Test
    void oneCheckpointDoesToo() throws IOException {
        Path one =
                Files.writeString(folder.resolve("one"), log.checkpoints(false).getLast());
        assertThat(verify(export, one.toString(), "--key", key)).isZero();
        assertThat(said()).contains("were passed over");
        log.lines.set(3, Log.event(random, 3));
        log.write(Path.of(export));
        assertThat(verify(export, one.toString(), "--key", key)).isEqualTo(1);
    }

    @Test
    void forgedCheckpointsAreFound() throws IOException {
        Path file = Path.of(checkpoints);
        String good = Files.readString(file);
        for (String forged : List.of(
                good.replaceFirst("\"count\":\\d+", "\"count\":1000"),
                good.replaceFirst("2026", "2027"),
                good.replaceFirst("\"digests\":\"[0-9a-f]{8}", "\"digests\":\"00000000"),
                good.replaceFirst("\"first\":0", "\"first\":1"),
                good.substring(0, good.indexOf('\n') + 1)
                        + good.substring(good.indexOf('\n', good.indexOf('\n') + 1) + 1))) {
            Files.writeString(file, forged);
            assertThat(verify(export, checkpoints, "--key", key)).isEqualTo(1);
            assertThat(said()).startsWith("The checkpoint at position ");
        }
    }

    @Test
    void whoTampersAndSignsAnewIsFound() throws IOException {
        Log forged = Log.random(random, 100, false);
        forged.write(Path.of(export));
        forged.checkpoints(Path.of(checkpoints), true, 0);
        assertThat(verify(export, checkpoints, "--key", key)).isEqualTo(1);
        assertThat(said()).contains("which is none of those given");
    }

    @Test
    void aPartNeedsTheCheckpointsOfThatPart() throws IOException {
        int covered = log.seals.getFirst();
        log.lines.subList(0, covered).clear();
        log.write(Path.of(export));
        assertThat(verify(export, checkpoints, "--key", key)).isEqualTo(1);
        assertThat(said())
                .startsWith("DROPPED: the event at position 0 is not in the export")
                .contains("give the checkpoints of that part alone");
        log.lines.add("{\"position\":100,\"at\":\"later\"}");
        log.write(Path.of(export));
        List<String> proof = Files.readAllLines(Path.of(checkpoints));
        Files.write(Path.of(checkpoints), proof.subList(1, proof.size()));
        assertThat(verify(export, checkpoints, "--key", key)).isZero();
        assertThat(said())
                .startsWith("GOOD: " + (100 - covered) + " events")
                .contains("\n1 events beyond the last checkpoint are not covered by it.");
    }

    @Test
    void keysMayComeAsTheServerGivesThem() throws IOException {
        String pem = Files.readString(Path.of(key)).replace("\r", "").replace("\n", "\\n");
        Path keys = Files.writeString(folder.resolve("keys"), "{\"keys\":[{\"publicKey\":\"" + pem + "\"}]}");
        assertThat(verify(export, checkpoints, "--key", keys.toString())).isZero();
    }

    @Test
    void anExportThatWasCutOffIsSaidToBe() throws IOException {
        log.lines.add("{\"end\":\"cut-off\",\"position\":99}");
        log.write(Path.of(export));
        assertThat(verify(export, checkpoints, "--key", key)).isZero();
        assertThat(said()).contains("not complete");
    }

    private int verify(String... arguments) {
        said.reset();
        try (PrintStream out = new PrintStream(said, true, UTF_8)) {
            return Verify.run(out, out, arguments);
        }
    }

    private String said() {
        return said.toString(UTF_8);
    }
}
