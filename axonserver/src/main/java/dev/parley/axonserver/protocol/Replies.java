package dev.parley.axonserver.protocol;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends calls: with one value, or with a status. Safe for calls that the client has given up on.
public final class Replies {

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    /// The same observer, which from now on tolerates replies after the client cancelled. Call it while the call
    /// starts.
    public static <T> ServerCallStreamObserver<T> tolerant(StreamObserver<T> observer) {
        ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
        call.setOnCancelHandler(() -> {});
        return call;
    }

    /// Answers a call that expects exactly one message.
    public static <T> void one(StreamObserver<T> observer, T value) {
        observer.onNext(value);
        observer.onCompleted();
    }

    /// Ends a call with a status.
    ///
    /// @param failure a [StatusRuntimeException] is passed on; anything else is unexpected, is logged here, and
    /// reaches the client without its details
    public static void fail(StreamObserver<?> observer, Throwable failure) {
        observer.onError(statusOf(failure));
    }

    /// What a client may see of a failure.
    public static StatusRuntimeException statusOf(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof StatusRuntimeException known) {
                return known;
            }
            cause = cause.getCause();
        }
        LOG.atError().setCause(failure).log("A call failed unexpectedly");
        return Status.INTERNAL
                .withDescription("The node failed unexpectedly; its log says why")
                .asRuntimeException();
    }
}
