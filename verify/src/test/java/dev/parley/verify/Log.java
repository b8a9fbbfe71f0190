package dev.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// A made-up event store with its checkpoints, made by the words of `docs/audit.md`.
final class Log {

    private static final HexFormat HEX = HexFormat.of();

    final List<String> lines = new ArrayList<>();
    final List<Long> positions = new ArrayList<>();
    /// How many lines each checkpoint covers.
    final List<Integer> seals = new ArrayList<>();

    private final KeyPair key = key();

    /// @param gaps whether some positions are not in use
    static Log random(Random random, int length, boolean gaps) {
        Log log = new Log();
        long position = 0;
        for (int i = 0; i < length; i++) {
            log.lines.add(event(random, position));
            log.positions.add(position);
            if (i == length - 1 || random.nextInt(9) == 0) {
                log.seals.add(i + 1);
            }
            position += gaps && random.nextInt(5) == 0 ? 3 : 1;
        }
        return log;
    }

    static String event(Random random, long position) {
        return "{\"position\":" + position + ",\"at\":\"2026-01-02T03:04:05.678Z\",\"id\":\""
                + new UUID(random.nextLong(), random.nextLong()) + "\",\"type\":\"MessageSent\",\"payload\":{\"n\":"
                + random.nextInt() + ",\"body\":\"grüße 👋\"}}";
    }

    Path write(Path file) throws IOException {
        return Files.write(file, lines, UTF_8);
    }

    /// @param leaves whether to give them
    /// @param from how many checkpoints to leave out
    Path checkpoints(Path file, boolean leaves, int from) throws IOException {
        List<String> checkpoints = checkpoints(leaves);
        return Files.write(file, checkpoints.subList(from, checkpoints.size()), UTF_8);
    }

    List<String> checkpoints(boolean leaves) {
        List<String> checkpoints = new ArrayList<>();
        byte[] chain = new byte[32];
        byte[] previous = chain;
        int from = 0;
        for (int to : seals) {
            StringBuilder runs = new StringBuilder();
            for (int i = from; i < to; i++) {
                byte[] leaf = Sha256.digest().digest(lines.get(i).getBytes(UTF_8));
                boolean begins = i == from || positions.get(i) != positions.get(i - 1) + 1;
                runs.append(
                                begins
                                        ? (i == from ? "" : "\"},") + "{\"first\":" + positions.get(i)
                                                + ",\"digests\":\""
                                        : "")
                        .append(HEX.formatHex(leaf));
                chain = chain(chain, leaf);
            }
            long before = from == 0 ? -1 : positions.get(from - 1);
            checkpoints.add(checkpoint(before, to, previous, chain, leaves ? runs + "\"}" : null));
            previous = chain;
            from = to;
        }
        return checkpoints;
    }

    Path publicKey(Path file) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(key.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    private static byte[] chain(byte[] before, byte[] leaf) {
        var digest = Sha256.digest();
        digest.update(before);
        return digest.digest(leaf);
    }

    private String checkpoint(long before, int count, byte[] previous, byte[] hash, String runs) {
        long position = positions.get(count - 1);
        String at = "2026-01-02T03:04:05.678Z";
        String id = HEX.formatHex(Sha256.digest().digest(key.getPublic().getEncoded()), 0, 8);
        String signed = "parley-checkpoint-1\nposition=" + position + "\nprevious-position=" + before + "\ncount="
                + count
                + "\nat=" + at + "\nprevious=" + HEX.formatHex(previous) + "\nhash=" + HEX.formatHex(hash) + "\nkey="
                + id + "\n";
        return "{\"position\":" + position + ",\"previousPosition\":" + before + ",\"count\":" + count + ",\"at\":\""
                + at
                + "\",\"previous\":\"" + HEX.formatHex(previous) + "\",\"hash\":\"" + HEX.formatHex(hash)
                + "\",\"key\":\"" + id + "\",\"signature\":\""
                + Base64.getEncoder().encodeToString(sign(signed)) + "\""
                + (runs == null ? "" : ",\"leaves\":[" + runs + "]") + "}";
    }

    private byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return signature.sign();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
