package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.protocol.Signal;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.QueryEventsResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The way to the client of a query. A row needs a permit of the client and a transport that is ready; everything
/// else is sent at once. The thread of the query sends, any thread may end it.
final class Outlet {

    /// What a client takes as one message; a row may be larger than its event, where bytes that are no text become
    /// characters.
    private static final int MAX_ROW_BYTES = 4 * 1024 * 1024 - 1024;

    private final ServerCallStreamObserver<QueryEventsResponse> out;
    private final Budget budget;
    private final Signal signal = new Signal();
    private final AtomicLong permits = new AtomicLong();
    private volatile @Nullable StatusRuntimeException ending;
    private volatile boolean finished;
    private volatile boolean gone;

    /// To be made while the call starts.
    Outlet(ServerCallStreamObserver<QueryEventsResponse> out, Budget budget) {
        this.out = out;
        this.budget = budget;
        out.setOnReadyHandler(signal::raise);
        out.setOnCancelHandler(this::clientGone);
    }

    Signal signal() {
        return signal;
    }

    /// More rows may be sent. Any thread.
    void grant(long more) {
        permits.accumulateAndGet(Math.max(0, more), (have, added) -> have + added < 0 ? Long.MAX_VALUE : have + added);
        signal.raise();
    }

    /// Ends the query with a failure. Any thread.
    void end(StatusRuntimeException why) {
        ending = why;
        stop();
    }

    /// Ends the query normally. Any thread.
    void finish() {
        finished = true;
        stop();
    }

    void clientGone() {
        gone = true;
        stop();
    }

    /// Whether somebody still wants rows.
    boolean open() {
        return !gone && !finished && ending == null;
    }

    /// Sends a row, as soon as it may.
    ///
    /// @throws CancellationException if nobody wants it any more
    void row(QueryEventsResponse row) {
        while (open() && !(permits.get() > 0 && out.isReady())) {
            signal.await();
        }
        if (!open()) {
            throw new CancellationException("The query has ended");
        }
        if (row.getSerializedSize() > MAX_ROW_BYTES) {
            throw ErrorCode.QUERY_TOO_LARGE.failure(
                    "A row of the query is larger than a message may be; select fewer columns");
        }
        permits.decrementAndGet();
        out.onNext(row);
    }

    void send(QueryEventsResponse message) {
        if (open()) {
            out.onNext(message);
        }
    }

    /// Says that all that had been stored when the query began is in what was sent.
    void pastCompleted() {
        send(QueryEventsResponse.newBuilder()
                .setFilesCompleted(Confirmation.newBuilder().setSuccess(true))
                .build());
    }

    /// Answers the call, once nothing more is sent.
    ///
    /// @param failure why; null if the query is complete or was ended
    void close(@Nullable Throwable failure) {
        if (gone) {
            return;
        }
        StatusRuntimeException why = ending;
        if (why != null) {
            out.onError(why);
        } else if (failure != null && !finished) {
            Replies.fail(out, failure);
        } else {
            out.onCompleted();
        }
    }

    private void stop() {
        budget.stop();
        signal.raise();
    }
}
