package dev.parley.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A signed checkpoint; hashes are in hexadecimal.
///
/// @param position of the last event it covers
/// @param previousPosition that of the checkpoint before it, -1 for the first
/// @param count of all events up to there
/// @param leaves digests of the events since the checkpoint before it; empty where the file has none
record Checkpoint(
        long position,
        long previousPosition,
        long count,
        String at,
        String previous,
        String hash,
        String key,
        byte[] signature,
        List<Leaf> leaves) {

    private static final int DIGITS = 64;

    /// The digest of the line of one event.
    record Leaf(long position, String digest) {}

    /// @throws InputException if it is no checkpoint
    static Checkpoint of(Map<?, ?> json) {
        try {
            return new Checkpoint(
                    number(json, "position"),
                    number(json, "previousPosition"),
                    number(json, "count"),
                    text(json, "at"),
                    digest(text(json, "previous")),
                    digest(text(json, "hash")),
                    text(json, "key"),
                    Base64.getDecoder().decode(text(json, "signature")),
                    leaves(json.get("leaves") instanceof List<?> runs ? runs : List.of()));
        } catch (IllegalArgumentException e) {
            throw new InputException("a checkpoint with a field that is not as it must be: " + e.getMessage());
        }
    }

    /// What is signed.
    byte[] signed() {
        return ("parley-checkpoint-1\nposition=" + position + "\nprevious-position=" + previousPosition + "\ncount="
                        + count + "\nat=" + at + "\nprevious=" + previous + "\nhash=" + hash + "\nkey=" + key + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Whether the leaves, where there are any, are those that the hash was made of.
    boolean isWhole() {
        if (leaves.isEmpty()) {
            return true;
        }
        String chain = previous;
        long before = previousPosition;
        for (Leaf leaf : leaves) {
            if (leaf.position <= before) {
                return false;
            }
            before = leaf.position;
            chain = Sha256.chain(chain, leaf.digest);
        }
        return before == position && chain.equals(hash);
    }

    private static List<Leaf> leaves(List<?> runs) {
        List<Leaf> leaves = new ArrayList<>();
        for (Object run : runs) {
            if (!(run instanceof Map<?, ?> fields)) {
                throw new InputException("leaves that are no leaves");
            }
            String digests = text(fields, "digests");
            long position = number(fields, "first");
            for (int at = 0; at + DIGITS <= digests.length(); at += DIGITS) {
                leaves.add(new Leaf(position++, digest(digests.substring(at, at + DIGITS))));
            }
        }
        return leaves;
    }

    private static long number(Map<?, ?> json, String name) {
        if (json.get(name) instanceof Json.Word word) {
            return Long.parseLong(word.text());
        }
        throw new InputException("a checkpoint without the number " + name);
    }

    private static String text(Map<?, ?> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new InputException("a checkpoint without the text " + name);
    }

    private static String digest(String hex) {
        if (HexFormat.of().parseHex(hex).length * 2 != DIGITS) {
            throw new InputException("a digest that is none: " + hex);
        }
        return hex;
    }
}
