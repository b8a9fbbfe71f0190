package dev.parley.app.problem;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.sql.SQLTransientException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.messaging.HandlerExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

/// What a request that ended in an exception is answered with. Faults are logged here, once, and answered without their
/// internals.
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Rejection rejection(Throwable failure) {
        Rejection told = told(failure);
        if (told != null) {
            return told;
        }
        if (isPassing(failure)) {
            LOG.atWarn()
                    .addKeyValue("cause", failure.getClass().getSimpleName())
                    .log("A request failed because a backing server did not answer");
            return new Rejection(RejectionCode.UNAVAILABLE, "The server cannot do this now; try again.");
        }
        LOG.atError().setCause(failure).log("A request failed");
        return new Rejection(RejectionCode.INTERNAL, "The server failed; the fault was logged.");
    }

    private static @Nullable Rejection told(Throwable failure) {
        return switch (failure) {
            case RejectedException rejected -> rejected.rejection();
            case HandlerExecutionException refused ->
                refused.getDetails().orElse(null) instanceof Rejection rejection ? rejection : null;
            default -> null;
        };
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof AxonServerException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof CannotCreateTransactionException
                || failure instanceof SQLTransientException
                || failure instanceof AsyncRequestTimeoutException;
    }
}
