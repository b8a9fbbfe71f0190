package dev.parley.command.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/// A UUID made from names: the same names give the same id, on every node and in every run.
///
/// It is of version 8 (RFC 9562, section 5.8): 122 bits of SHA-256. Stored ids depend on it, so it never changes.
public final class DerivedId {

    private DerivedId() {}

    /// @param names may hold any text: each goes in with its length
    public static UUID of(String... names) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : List.of(names)) {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            long most = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
            long least = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
            return new UUID(most, least);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
