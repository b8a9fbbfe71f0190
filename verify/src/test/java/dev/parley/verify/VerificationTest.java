package dev.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.verify.Finding.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories, tampered with in every way at every place.
class VerificationTest {

    private static final int ROUNDS = 100;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Log log;
    private Path checkpoints;
    private Keys keys;

    @BeforeEach
    void aHistory() throws IOException {
        write(Log.random(random, 60, false), true);
    }

    private void write(Log made, boolean leaves) throws IOException {
        log = made;
        checkpoints = log.checkpoints(folder.resolve("checkpoints"), leaves, 0);
        keys = new Keys(log.publicKey(folder.resolve("key.pem")));
    }

    @Test
    void whatWasNotTouchedIsGood() throws IOException {
        for (int round = 0; round < 20; round++) {
            write(Log.random(random, 1 + random.nextInt(80), random.nextBoolean()), random.nextBoolean());
            Result result = verify(log.lines);
            assertThat(result.finding()).as("seed %d", seed).isEmpty();
            assertThat(result.events()).isEqualTo(log.lines.size());
            assertThat(result.checkpoints()).isEqualTo(log.seals.size());
        }
    }

    @Test
    void namesTheEventThatWasAltered() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            anotherHistory(round);
            int at = place(round);
            List<String> lines = copy();
            lines.set(at, changed(lines.get(at)));
            found(lines, Kind.ALTERED, log.positions.get(at), at + 1);
        }
    }

    @Test
    void namesTheEventThatWasDropped() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            anotherHistory(round);
            int at = place(round);
            List<String> lines = copy();
            lines.remove(at);
            found(lines, Kind.DROPPED, log.positions.get(at), at == lines.size() ? Line.NONE : at + 1);
        }
    }

    @Test
    void namesTheFirstEventBeyondATruncatedEnd() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            anotherHistory(round);
            int at = place(round);
            found(log.lines.subList(0, at), Kind.DROPPED, log.positions.get(at), Line.NONE);
        }
    }

    @Test
    void namesWhatWasAdded() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            anotherHistory(round);
            int at = place(round);
            List<String> lines = copy();
            long claimed = random.nextInt(log.lines.size() * 2);
            lines.add(at, random.nextInt(5) == 0 ? "nonsense" : Log.event(random, claimed));
            Finding finding = found(lines, Kind.ADDED, at + 1);
            assertThat(finding.text()).contains("line " + (at + 1));
        }
    }

    @Test
    void namesAnEventThatIsThereTwice() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            anotherHistory(round);
            int of = place(round);
            int at = of + 1 + random.nextInt(log.lines.size() - of);
            List<String> lines = copy();
            lines.add(at, lines.get(of));
            assertThat(found(lines, Kind.ADDED, at + 1).position()).isEqualTo(log.positions.get(of));
        }
    }

    @Test
    void namesTheFirstOfTwoThatChangedPlaces() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            anotherHistory(round);
            int one = Math.min(place(round), log.lines.size() - 2);
            int other = random.nextBoolean() ? one + 1 : one + 1 + random.nextInt(log.lines.size() - one - 1);
            List<String> lines = copy();
            lines.set(one, log.lines.get(other));
            lines.set(other, log.lines.get(one));
            Finding finding = found(lines, Kind.MOVED, one + 1);
            assertThat(finding.position()).isEqualTo(log.positions.get(one));
            assertThat(finding.text())
                    .contains("not in its place but in line " + (other + 1))
                    .contains("in its place is line " + (one + 1) + ", position " + log.positions.get(other));
        }
    }

    @Test
    void namesAnEventThatWasReplacedByAnother() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            anotherHistory(round);
            int at = 1 + random.nextInt(log.lines.size() - 1);
            List<String> lines = copy();
            lines.set(at, lines.get(random.nextInt(at)));
            found(lines, Kind.ALTERED, log.positions.get(at), at + 1);
        }
    }

    @Test
    void withoutLeavesPositionsAndRangesTellWhere() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            write(Log.random(random, 60, false), false);
            int at = random.nextInt(60);
            List<String> dropped = copy();
            dropped.remove(at);
            found(dropped, Kind.DROPPED, at, at == 59 ? Line.NONE : at + 1);

            List<String> altered = copy();
            altered.set(at, altered.get(at).replace("MessageSent", "MessageEdited"));
            Finding finding = verify(altered).finding().orElseThrow();
            int to = log.seals.stream().filter(seal -> seal > at).findFirst().orElseThrow() - 1;
            int from = log.seals.stream().filter(seal -> seal <= at).reduce(0, Math::max);
            assertThat(finding.kind()).isEqualTo(Kind.DIFFERENT);
            assertThat(finding.text()).contains("from position " + from + " to " + to + " was altered");
        }
    }

    @Test
    void eventsBeyondTheLastCheckpointAreCountedOnly() throws IOException {
        List<String> lines = copy();
        lines.add(Log.event(random, 60));
        lines.add("{\"end\":\"complete\",\"position\":60}");
        Result result = verify(lines);
        assertThat(result.finding()).isEmpty();
        assertThat(result.after()).isEqualTo(1);
    }

    @Test
    void laterCheckpointsDoForTheLaterPart() throws IOException {
        write(Log.random(random, 200, false), true);
        checkpoints = log.checkpoints(folder.resolve("later"), true, 3);
        int covered = log.seals.get(2);
        Result all = verify(log.lines);
        assertThat(all.finding()).isEmpty();
        assertThat(all.before()).isEqualTo(covered);
        assertThat(verify(log.lines.subList(covered, 200)).finding()).isEmpty();
        found(log.lines.subList(covered + 1, 200), Kind.DROPPED, covered, 1);

        List<String> before = copy();
        before.set(0, changed(before.getFirst()));
        assertThat(verify(before).finding().orElseThrow().kind()).isEqualTo(Kind.DIFFERENT);
    }

    private void anotherHistory(int round) throws IOException {
        if (round % 10 == 9) {
            write(Log.random(random, 2 + random.nextInt(60), random.nextBoolean()), true);
        }
    }

    /// The first and the last more often than others.
    private int place(int round) {
        int last = log.lines.size() - 1;
        return switch (round % 8) {
            case 0 -> 0;
            case 1 -> last;
            default -> random.nextInt(last + 1);
        };
    }

    /// One character is another; line feeds stay where they are.
    private String changed(String line) {
        int at = "{\"position\":0".length() + 3 + random.nextInt(line.length() - 25);
        while (Character.isSurrogate(line.charAt(at))) {
            at--;
        }
        char other = line.charAt(at) == 'x' ? 'y' : 'x';
        return line.substring(0, at) + other + line.substring(at + 1);
    }

    private List<String> copy() {
        return new ArrayList<>(log.lines);
    }

    private void found(List<String> lines, Kind kind, long position, long line) throws IOException {
        Finding finding = found(lines, kind, line);
        assertThat(finding.position()).as("seed %d: %s", seed, finding).isEqualTo(position);
        assertThat(finding.text()).contains("position " + position);
    }

    private Finding found(List<String> lines, Kind kind, long line) throws IOException {
        Finding finding = verify(lines).finding().orElseThrow();
        assertThat(finding.kind()).as("seed %d: %s", seed, finding).isEqualTo(kind);
        assertThat(finding.line()).as("seed %d: %s", seed, finding).isEqualTo(line);
        return finding;
    }

    private Result verify(List<String> lines) throws IOException {
        byte[] text = lines.isEmpty() ? new byte[0] : (String.join("\n", lines) + "\n").getBytes(UTF_8);
        try (Export export = new Export(new ByteArrayInputStream(text))) {
            return new Verification(export, checkpoints, Optional.of(keys)).run();
        }
    }
}
