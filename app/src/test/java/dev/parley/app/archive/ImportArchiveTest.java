package dev.parley.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.archive.ParleyStub.Fate;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportArchiveTest {

    private static final Instant START = Instant.parse("2004-11-15T01:00:00Z");

    @TempDir
    Path folder;

    private ParleyStub server;
    private Path file;
    private String out = "";
    private String err = "";

    @BeforeEach
    void startServer() throws IOException {
        server = new ParleyStub();
        file = folder.resolve("irc.tsv");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void wholeArchiveIsImportedInOrder() throws IOException {
        write(2_500);
        assertThat(run()).isZero();
        assertThat(server.batches).containsExactly(0, 1_000, 1_000, 500);
        assertThat(lines()).containsExactlyElementsOf(oneTo(2_500));
        ArchivedMessage first = server.messages.getFirst();
        assertThat(first.body()).isEqualTo("message 0 🧗");
        assertThat(first.at()).isEqualTo(START);
        assertThat(first.sender()).isEqualTo(server.accounts.get("nick0"));
        assertThat(server.accounts).hasSize(7);
        assertThat(out)
                .contains("imported now               2,500", "in the event store         2,500")
                .contains("file 2,500 / event store 2,500 / inbox 2,500 / Elasticsearch 2,500: they agree");
        assertThat(err).isEmpty();
    }

    @Test
    void secondRunImportsNothing() throws IOException {
        write(1_200);
        run();
        assertThat(run()).isZero();
        assertThat(lines()).containsExactlyElementsOf(oneTo(1_200));
        assertThat(out).contains("imported now               0", "imported before, skipped   1,200");
    }

    @Test
    void grownArchiveIsContinued() throws IOException {
        write(1_200);
        run();
        write(1_500);
        assertThat(run()).isZero();
        assertThat(lines()).containsExactlyElementsOf(oneTo(1_500));
        assertThat(out).contains("continuing after line 1200", "imported now               300");
    }

    @Test
    void importThatWasCutOffIsContinued() throws IOException {
        write(3_000);
        server.fates.addAll(List.of(Fate.TAKEN, Fate.REJECTED));
        assertThat(run()).isEqualTo(1);
        assertThat(err).startsWith("parley: Parley at " + server.address()).contains("Not now. (status 409");
        assertThat(server.messages).hasSize(1_000);
        assertThat(run()).isZero();
        assertThat(lines()).containsExactlyElementsOf(oneTo(3_000));
    }

    @Test
    void batchIsSentAgainWhileTheServerIsUnavailable() throws IOException {
        write(1_500);
        server.fates.addAll(List.of(Fate.REFUSED, Fate.REFUSED));
        assertThat(run()).isZero();
        assertThat(lines()).containsExactlyElementsOf(oneTo(1_500));
        assertThat(out).contains("waiting for Parley at " + server.address() + "/: it answers 503");
    }

    @Test
    void lostAnswerMakesNoDuplicate() throws IOException {
        write(1_500);
        server.fates.add(Fate.UNANSWERED);
        assertThat(run()).isZero();
        assertThat(lines()).containsExactlyElementsOf(oneTo(1_500));
        assertThat(out).contains("imported now               1,500");
    }

    @Test
    void patienceEnds() throws IOException {
        write(10);
        server.close();
        assertThat(run("--patience", "1")).isEqualTo(1);
        assertThat(err)
                .startsWith("parley: Parley at " + server.address() + "/ could not be asked for 1 s: it refuses")
                .hasLineCount(1);
    }

    @Test
    void malformedLinesAreLeftOutAndReported() throws IOException {
        List<String> lines = new ArrayList<>(archive(50));
        IntStream.range(0, 25).forEach(n -> lines.add(2 * n, "no fields"));
        Files.write(file, lines);
        Path report = folder.resolve("report");
        assertThat(run("--report", report.toString())).isZero();
        assertThat(server.messages).hasSize(50);
        assertThat(err)
                .contains("25 malformed lines were left out:", "  line 1: not three fields", "and 5 more in " + report)
                .hasLineCount(22);
        assertThat(report)
                .content()
                .hasLineCount(25)
                .startsWith("1\tnot three fields")
                .contains("\n49\t");
        assertThat(out).contains("malformed, left out        25");
        run();
        assertThat(server.messages).hasSize(50);
    }

    @Test
    void countsThatDoNotAgreeAreAFailure() throws IOException {
        write(10);
        server.indexed = count -> count + 1;
        assertThat(run()).isEqualTo(1);
        assertThat(out).contains("Elasticsearch 11: they do NOT agree");
    }

    @Test
    void waitsUntilEverythingIsIndexed() throws IOException {
        write(10);
        long[] asked = {0};
        server.indexed = count -> asked[0]++ == 0 ? 4 : count;
        assertThat(run()).isZero();
        assertThat(asked[0]).isEqualTo(2);
    }

    @Test
    void otherFileUnderTheSameNameIsRefused() throws IOException {
        write(100);
        run();
        Files.write(file, archive(200).subList(0, 50));
        assertThat(run()).isEqualTo(1);
        assertThat(err).contains("was imported from another file").hasLineCount(1);
        assertThat(server.messages).hasSize(100);
    }

    @Test
    void damagedFileImportsNothing() throws IOException {
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 42});
        assertThat(run()).isEqualTo(1);
        assertThat(err)
                .startsWith("parley: The archive cannot be read to its end")
                .hasLineCount(1);
        assertThat(server.batches).isEmpty();
    }

    @Test
    void wrongPasswordIsSaid() throws IOException {
        write(10);
        assertThat(run(Map.of("PARLEY_PASSWORD", "wrong"))).isEqualTo(1);
        assertThat(err).contains("The user name or the password is wrong. (status 401, bad-credentials)");
    }

    @Test
    void argumentsThatMakeNoSenseShowTheUsage() {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(err).startsWith("parley: unknown argument --fast").contains("Usage: bin/import FILE");
    }

    @Test
    void helpIsShown() {
        assertThat(run("--help")).isZero();
        assertThat(out).startsWith("Usage: bin/import FILE");
    }

    private int run(String... more) {
        return run(Map.of("PARLEY_PASSWORD", ParleyStub.PASSWORD), more);
    }

    private int run(Map<String, String> environment, String... more) {
        List<String> arguments = new ArrayList<>(List.of(file.toString(), "--server", server.address()));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code = new ImportArchive(stream(outBytes), stream(errBytes), false).run(arguments, environment);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void write(int messages) throws IOException {
        Files.write(file, archive(messages));
    }

    /// Forty messages a minute, by seven nicks in two spellings each.
    private static List<String> archive(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(n -> START.plusSeconds(60L * (n / 40)) + "\t" + (n % 2 == 0 ? "Nick" : "nick") + n % 7
                        + "\tmessage " + n + " 🧗")
                .toList();
    }

    private List<Long> lines() {
        return server.messages.stream().map(ArchivedMessage::line).toList();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
