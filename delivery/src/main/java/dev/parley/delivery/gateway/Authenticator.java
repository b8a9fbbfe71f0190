package dev.parley.delivery.gateway;

import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.query.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;

/// Asks the command side whose a token is. The token itself does not cross the bus.
final class Authenticator {

    private final QueryGateway queries;
    private final Duration timeout;

    Authenticator(QueryGateway queries, Duration timeout) {
        this.queries = queries;
        this.timeout = timeout;
    }

    /// Blocks, bounded by the time limit.
    ///
    /// @param tokenHash see [#hash]
    /// @return null for a token that is not good
    /// @throws UnavailableException if nobody can tell now
    @Nullable
    Session session(String tokenHash) throws InterruptedException, UnavailableException {
        try {
            FoundSession found = queries.query(new FindSession(tokenHash), FoundSession.class)
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (found == null) {
                throw new UnavailableException(new IllegalStateException("No answer to FindSession"));
            }
            return found.session();
        } catch (ExecutionException | TimeoutException e) {
            throw new UnavailableException(e);
        }
    }

    /// As [FindSession] takes it.
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
