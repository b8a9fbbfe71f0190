package dev.parley.axonserver.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tokens that applications show, by their SHA-256: how long a look-up takes says nothing about a token.
/// Immutable.
public final class AccessTokens {

    private static final String HASH = "SHA-256";

    /// What a token allows.
    ///
    /// @param application that holds it
    /// @param contexts that it may use; all if empty
    /// @param admin whether it may use the HTTP side
    public record Grant(String application, Set<String> contexts, boolean admin) {

        public boolean allows(String context) {
            return contexts.isEmpty() || contexts.contains(context);
        }
    }

    private record Hashed(byte[] hash) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Hashed that && MessageDigest.isEqual(hash, that.hash);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(hash);
        }
    }

    private final Map<Hashed, Grant> grants = new HashMap<>();

    /// @throws IllegalArgumentException if a token cannot be used; the message names the application, not the token
    public AccessTokens(AccessProperties properties) {
        properties.tokens().forEach(this::add);
    }

    /// Whether there are any: otherwise everybody may do everything.
    public boolean required() {
        return !grants.isEmpty();
    }

    /// @return null if nobody holds the token
    @Nullable
    public Grant find(String token) {
        return token.length() > AccessProperties.LONGEST_TOKEN ? null : grants.get(hashed(token));
    }

    private void add(String application, AccessProperties.Application properties) {
        String token = properties.token();
        String setting = "parley.axonserver.access.tokens." + application + ".token";
        if (token == null
                || token.length() < AccessProperties.SHORTEST_TOKEN
                || token.length() > AccessProperties.LONGEST_TOKEN
                || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(setting + " must have 16 to 512 visible ASCII characters");
        }
        Grant grant = new Grant(application, Set.copyOf(properties.contexts()), properties.admin());
        Grant other = grants.putIfAbsent(hashed(token), grant);
        if (other != null) {
            throw new IllegalArgumentException(setting + " is the token of " + other.application() + " too");
        }
    }

    private static Hashed hashed(String token) {
        try {
            return new Hashed(MessageDigest.getInstance(HASH).digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + HASH, e);
        }
    }
}
