package dev.parley.command.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The secret that a session is used by: 256 random bits in base64url. Only its hash is stored.
final class Token {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BEARER = "Bearer ";

    private Token() {}

    static String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Out of an `Authorization` header: `Bearer` and the token (RFC 6750), or the bare token.
    static String fromHeader(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return (bearer ? authorization.substring(BEARER.length()) : authorization).strip();
    }

    /// @return null where there is no header
    static @Nullable String hashFromHeader(@Nullable String authorization) {
        return authorization == null ? null : hash(fromHeader(authorization));
    }

    /// Lower-case hex SHA-256 of the characters in UTF-8. The token is random, so it needs no salt.
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
