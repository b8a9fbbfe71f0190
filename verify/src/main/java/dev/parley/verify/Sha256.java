package dev.parley.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 (FIPS 180-4), as hexadecimal text.
final class Sha256 {

    /// Where the chain begins.
    static final String ZERO = "0".repeat(64);

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// The hash of the chain with one more event.
    ///
    /// @param before the hash of the chain before it
    /// @param leaf the digest of its line
    static String chain(String before, String leaf) {
        HexFormat hex = HexFormat.of();
        MessageDigest digest = digest();
        digest.update(hex.parseHex(before));
        return hex.formatHex(digest.digest(hex.parseHex(leaf)));
    }
}
