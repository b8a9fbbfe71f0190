package dev.parley.command.conversation;

import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The rules for the text of a message.
final class MessageBody {

    /// In bytes of UTF-8.
    static final int MAX_BYTES = 16 * 1024;

    private static final int HASH_BYTES = 16;

    private MessageBody() {}

    /// @return null for a body that is good
    static @Nullable Rejection fault(String body) {
        if (body.isBlank()) {
            return Rejection.invalid("body", "A message is not blank");
        }
        if (body.length() > MAX_BYTES || WrittenText.utf8Length(body) > MAX_BYTES) {
            return new Rejection(RejectionCode.TOO_LARGE, "A message is at most 16 KiB of UTF-8", "body");
        }
        return WrittenText.isStorable(body) ? null : Rejection.invalid("body", "A message is text without U+0000");
    }

    /// Tells contents apart: the first 128 bits of SHA-256 in hex, so that nobody can make two bodies of one hash.
    static String hash(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
