package dev.parley.query.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What auditors download, and what the verifier that they run says about it.
class ProofIT {

    private static final String PROOF = "/api/v1/audit/proof";
    private static final String KEYS = "/api/v1/audit/keys";

    private static OwnProduct product;

    @TempDir
    private Path folder;

    @BeforeAll
    static void facts() throws Exception {
        product = new OwnProduct(new Database());
        Telling.tell(product);
        product.awaitCheckpoint();
        Telling.tellMore(product);
        product.awaitCheckpoint();
    }

    @AfterAll
    static void stops() {
        product.close();
    }

    @Test
    void pagesAndSingleCheckpointsAreGiven() throws Exception {
        long head = product.head();
        String one = product.get("/api/v1/audit/checkpoints/" + head).body();
        assertThat(one)
                .startsWith("{\"position\":" + head + ",\"previousPosition\":")
                .doesNotContain("leaves");
        assertThat(product.get("/api/v1/audit/checkpoints/" + head + "?leaves=true")
                        .body())
                .startsWith(one.substring(0, one.length() - 1) + ",\"leaves\":[{\"first\":");
        assertThat(product.get("/api/v1/audit/checkpoints").body()).contains(one);
        assertThat(product.get("/api/v1/audit/checkpoints/99999").body()).contains("not-found");
        assertThat(product.get("/api/v1/audit/checkpoints/x").statusCode()).isEqualTo(400);
        assertThat(product.get("/api/v1/audit/checkpoints?cursor=x").statusCode())
                .isEqualTo(400);
        assertThat(product.get(PROOF + "?after=x").statusCode()).isEqualTo(400);
        assertThat(product.get(PROOF + "?after=" + head).body()).isEmpty();
        assertThat(product.get(PROOF + "?upTo=" + head).body())
                .hasLineCount(product.get(PROOF).body().lines().toList().size());
        assertThat(product.get(KEYS).body()).contains("\"algorithm\":\"Ed25519\"");
    }

    @Test
    void theVerifierNamesWhatWasDoneToAnExport() throws Exception {
        Path proof = product.get(PROOF, folder.resolve("proof"));
        Path keys = product.get(KEYS, folder.resolve("keys"));
        List<String> lines = Files.readAllLines(product.export("", folder.resolve("export")));
        long events = lines.size() - 1;
        assertThat(events).isEqualTo(product.head() + 1);
        assertThat(lines.get(3))
                .contains("\"type\":\"PieceMoved\"")
                .contains("\"object\":{\"type\":\"com.example.Gone\",\"bytes\":\"bm8gSlNPTg==\"}");

        said(proof, keys, lines, tampered -> {}, "GOOD: " + events + " events are what ", 0);
        said(
                proof,
                keys,
                lines,
                tampered -> tampered.set(7, tampered.get(7).replace("message 3", "message 4")),
                "ALTERED: the event at position 7 is not what was stored",
                1);
        said(proof, keys, lines, tampered -> tampered.remove(7), "DROPPED: the event at position 7 is not in", 1);
        said(proof, keys, lines, tampered -> tampered.add(8, tampered.get(7)), "ADDED: line 9, position 7, id ", 1);
        said(proof, keys, lines, tampered -> Collections.swap(tampered, 7, 9), "MOVED: the event at position 7, id", 1);
        Path cut = Files.write(folder.resolve("cut"), lines.subList(0, 9));
        assertThat(OwnProduct.verify(cut, proof, keys))
                .startsWith("DROPPED: the event at position 9 is not in the export; the export ends before it")
                .endsWith("exit 1");
        assertThat(run(folder.resolve("none"), proof, keys))
                .startsWith("Cannot be verified: ")
                .endsWith("exit 2");
        assertThat(OwnProduct.verify(proof, cut, keys)).endsWith("exit 2");
    }

    @Test
    void partsAndLaterEventsAreSaidToBeSo() throws Exception {
        Path proof = product.get(PROOF, folder.resolve("proof"));
        Path keys = product.get(KEYS, folder.resolve("keys"));
        long first = product.bean(CheckpointTable.class)
                .after(-1, Long.MAX_VALUE, 1)
                .getFirst()
                .position();
        long rest = product.head() - first;
        Path part = product.export("?from=" + (first + 1), folder.resolve("part"));
        assertThat(OwnProduct.verify(part, proof, keys))
                .startsWith("DROPPED: the event at position 0 is not in the export; in its place is line 1, position "
                        + (first + 1))
                .contains("give the checkpoints of that part alone")
                .endsWith("exit 1");
        Path later = product.get(PROOF + "?after=" + first, folder.resolve("later"));
        assertThat(OwnProduct.verify(part, later, keys))
                .startsWith("GOOD: " + rest + " events are what ")
                .endsWith("exit 0");
        Path whole = product.export("", folder.resolve("whole"));
        Path earlier = product.get(PROOF + "?upTo=" + first, folder.resolve("earlier"));
        assertThat(OwnProduct.verify(whole, earlier, keys))
                .startsWith("GOOD: " + (first + 1) + " events are what 1 checkpoints say")
                .contains(rest + " events beyond the last checkpoint are not covered by it")
                .endsWith("exit 0");
    }

    @Test
    void readersThatStallHoldNoConnectionAndThoseThatLeaveMakeRoom() throws Exception {
        long far = 1_000_000;
        int checkpoints = 200;
        try {
            fill(far, checkpoints);
            List<Reader> stalled = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                stalled.add(new Reader(far));
                assertThat(stalled.getLast().status).contains(" 200 ");
            }
            HikariDataSource pool = product.bean(HikariDataSource.class);
            await().during(Duration.ofSeconds(1)).until(() -> {
                try (Reader fifth = new Reader(far)) {
                    return fifth.status.contains(" 503 ");
                }
            });
            await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
            assertThat(product.get(KEYS).statusCode()).isEqualTo(200);

            stalled.get(0).close();
            await().until(() -> {
                try (Reader another = new Reader(far)) {
                    return another.status.contains(" 200 ");
                }
            });
            stalled.get(1).close();
            stalled.get(2).close();
            List<String> lines = stalled.get(3).rest();
            assertThat(lines).hasSize(checkpoints);
            assertThat(lines.getLast()).startsWith("{\"position\":" + (far + checkpoints) + ",");
            assertThat(lines).allMatch(line -> line.endsWith("\"}]}"));
            stalled.get(3).close();
        } finally {
            product.bean(org.springframework.jdbc.core.JdbcTemplate.class)
                    .update("delete from query_side.chain_checkpoint where position > ?", far);
        }
    }

    /// Checkpoints of many leaves far behind all facts: more than the buffers between server and reader hold.
    private static void fill(long far, int checkpoints) {
        byte[] digest = new byte[Digest.LENGTH];
        List<Link> links = LongStream.range(0, Chain.LINKS)
                .mapToObj(n -> new Link(n, digest))
                .toList();
        for (long position = far + 1; position <= far + checkpoints; position++) {
            product.bean(CheckpointTable.class)
                    .add(
                            new Checkpoint(position, position - 1, position, Instant.EPOCH, digest, digest, "none"),
                            digest,
                            links);
        }
    }

    private void said(
            Path proof, Path keys, List<String> lines, Consumer<List<String>> tamper, String expected, int code)
            throws Exception {
        List<String> tampered = new ArrayList<>(lines);
        tamper.accept(tampered);
        Path export = Files.write(folder.resolve("tampered"), tampered);
        assertThat(run(export, proof, keys)).startsWith(expected).endsWith("exit " + code);
    }

    /// What the script says.
    private static String run(Path export, Path proof, Path keys) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of("..", "bin", "verify").toString(),
                        export.toString(),
                        proof.toString(),
                        "--key",
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said + "exit " + process.waitFor();
    }

    /// A client with a small window that has read a line, by HTTP/1.0: its answer ends with the connection.
    private static final class Reader implements AutoCloseable {

        private final Socket socket = new Socket();
        private final InputStream in;
        private final String status;

        Reader(long after) throws IOException {
            socket.setReceiveBufferSize(8_192);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("127.0.0.1", product.port()));
            socket.getOutputStream()
                    .write(("GET " + PROOF + "?after=" + after + " HTTP/1.0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            status = line.toString();
        }

        /// The lines of the body.
        List<String> rest() throws IOException {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return all.substring(all.indexOf("\r\n\r\n") + 4).lines().toList();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
