package dev.parley.query.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The two digests of the chain (SHA-256, FIPS 180-4): that of a fact's line, and that of the chain up to a fact, which
/// is the digest of the chain before it followed by the line's.
final class Digest {

    /// Of a digest, in bytes.
    static final int LENGTH = 32;

    private Digest() {}

    static byte[] leaf(String line) {
        return sha256().digest(line.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] chain(byte[] before, byte[] leaf) {
        MessageDigest digest = sha256();
        digest.update(before);
        return digest.digest(leaf);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
