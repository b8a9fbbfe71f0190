package dev.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script itself, from sources, with the heap that it gives itself.
class BinVerifyTest {

    private static final int MEGABYTE = 1 << 20;
    private static final int HEAP = 64;

    @TempDir
    private Path folder;

    @Test
    void needsNoMemoryForALongExport() throws Exception {
        Log log = Log.random(new Random(7), 20_000, false);
        log.seals.removeIf(seal -> seal % 1_000 != 0 && seal != log.lines.size());
        Path checkpoints = log.checkpoints(folder.resolve("checkpoints"), true, 0);
        Path key = log.publicKey(folder.resolve("key.pem"));
        Path export = folder.resolve("export");
        try (BufferedWriter out = Files.newBufferedWriter(export, UTF_8)) {
            for (String line : log.lines) {
                out.write(line + "\n");
            }
            longLine(out);
            longLine(out);
        }
        Process process = new ProcessBuilder(
                        Path.of("..", "bin", "verify").toString(),
                        export.toString(),
                        checkpoints.toString(),
                        "--key",
                        key.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .isEqualTo("GOOD: 20000 events are what " + log.seals.size() + " checkpoints say\n"
                        + "2 events beyond the last checkpoint are not covered by it.\n");
        assertThat(process.exitValue()).isZero();
    }

    private static void longLine(BufferedWriter out) throws IOException {
        out.write("{\"position\":20000,\"payload\":\"");
        String megabyte = "x".repeat(MEGABYTE);
        for (int i = 0; i < HEAP; i++) {
            out.write(megabyte);
        }
        out.write("\"}\n");
    }
}
