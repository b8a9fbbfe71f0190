package dev.parley.query.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/// What the chain was up to a position, signed.
///
/// @param position of the last fact it covers
/// @param previousPosition that of the checkpoint before it, -1 for the first
/// @param count of all facts up to there
/// @param at when it was signed, in whole milliseconds
/// @param previous the hash of the checkpoint before it, 32 zero bytes for the first
/// @param hash of the chain up to there
/// @param key the id of the key that signs it
record Checkpoint(
        long position, long previousPosition, long count, Instant at, byte[] previous, byte[] hash, String key) {

    /// The bytes that are signed, as `docs/audit.md` has them.
    byte[] signed() {
        HexFormat hex = HexFormat.of();
        String text =
                "parley-checkpoint-1\nposition=%d\nprevious-position=%d\ncount=%d\nat=%s\nprevious=%s\nhash=%s\nkey=%s\n"
                        .formatted(
                                position,
                                previousPosition,
                                count,
                                at,
                                hex.formatHex(previous),
                                hex.formatHex(hash),
                                key);
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
