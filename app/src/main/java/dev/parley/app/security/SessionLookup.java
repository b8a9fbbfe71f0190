package dev.parley.app.security;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.query.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Asks command-side, wherever it runs, whose token this is.
@Component
class SessionLookup {

    private static final long TIMEOUT_SECONDS = 5;

    private final QueryGateway queries;

    SessionLookup(QueryGateway queries) {
        this.queries = queries;
    }

    /// @return null for a token that is unknown, ended or expired
    /// @throws RejectedException `unavailable` if nobody answers within five seconds
    @Nullable
    Session find(String token) {
        try {
            return queries.query(new FindSession(sha256(token)), FoundSession.class)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .session();
        } catch (ExecutionException | TimeoutException e) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "Tokens cannot be checked now; try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping.");
        }
    }

    private static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
