package dev.parley.query.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// 64 bits of a SHA-256 of what a message is, never 0. The lowest bit of its content's tells whether it was deleted.
final class MessageHash {

    private MessageHash() {}

    /// Of what never changes.
    static long identity(
            String conversation, String message, String sender, long at, long seq, long position, boolean imported) {
        return hash(String.join(
                        " ",
                        conversation,
                        message,
                        sender,
                        String.valueOf(at),
                        String.valueOf(seq),
                        String.valueOf(position),
                        String.valueOf(imported)))
                | 1;
    }

    /// @param body null for one that was deleted
    /// @param version the position of the last fact that edited or deleted it, null without one
    static long content(@Nullable String body, List<String> mentions, @Nullable Long version) {
        long hash = hash(version + " " + mentions + " " + body);
        return body == null ? hash | 1 : (hash & ~1) | 2;
    }

    static boolean isDeleted(long content) {
        return (content & 1) == 1;
    }

    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
