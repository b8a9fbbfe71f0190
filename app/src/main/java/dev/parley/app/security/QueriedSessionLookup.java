package dev.parley.app.security;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.query.Session;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Asks command-side, wherever it runs, for at most three seconds.
@Component
final class QueriedSessionLookup implements SessionLookup {

    private static final long TIMEOUT_SECONDS = 3;

    private final QueryGateway queries;

    QueriedSessionLookup(QueryGateway queries) {
        this.queries = queries;
    }

    @Override
    public @Nullable Session find(String tokenHash) {
        try {
            return queries.query(new FindSession(tokenHash), FoundSession.class)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .session();
        } catch (ExecutionException | TimeoutException e) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "Tokens cannot be checked now; try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping.");
        }
    }
}
