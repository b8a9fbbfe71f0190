package dev.parley.axonserver.event;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.protocol.Signal;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A stream of messages to one client, driven by a virtual thread of its own: the only one that touches the observer
/// once the call has started. It sends while the transport is ready and waits otherwise, so that a slow client costs
/// one page of memory and holds up nobody.
abstract class EventStream<T> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final ServerCallStreamObserver<T> out;
    private final Signal signal = new Signal();
    private volatile @Nullable StatusRuntimeException ending;
    private volatile boolean finished;
    private volatile boolean gone;

    /// To be made while the call starts.
    EventStream(ServerCallStreamObserver<T> out) {
        this.out = out;
        out.setOnReadyHandler(signal::raise);
        out.setOnCancelHandler(this::clientGone);
    }

    /// Sends everything there is to send; returns when the stream is complete or no longer [#open()].
    abstract void send() throws SQLException;

    @Override
    public final void run() {
        try {
            send();
            StatusRuntimeException why = ending;
            if (gone) {
                return;
            }
            if (why == null) {
                out.onCompleted();
            } else {
                out.onError(why);
            }
        } catch (SQLException e) {
            LOG.atWarn().setCause(e).log("Stored events could not be read");
            if (!gone) {
                Replies.fail(out, ErrorCode.READ_FAILED.failure("The event store cannot be read now"));
            }
        } catch (RuntimeException e) {
            if (!gone) {
                Replies.fail(out, e);
            }
        }
    }

    /// Whether there is still somebody to send to.
    final boolean open() {
        return !gone && !finished && ending == null && !Thread.currentThread().isInterrupted();
    }

    /// Ends the stream with a failure, as soon as its thread notices. Any thread.
    final void end(StatusRuntimeException why) {
        ending = why;
        signal.raise();
    }

    /// Ends the stream normally, as soon as its thread notices. Any thread.
    final void finish() {
        finished = true;
        signal.raise();
    }

    /// Waits until one message may be sent.
    ///
    /// @return false if the stream has ended
    final boolean awaitReady() {
        while (open() && !ready()) {
            signal.await();
        }
        return open();
    }

    /// Whether one message may be sent. Whoever makes it true raises the signal.
    boolean ready() {
        return out.isReady();
    }

    final void emit(T message) {
        out.onNext(message);
    }

    final Signal signal() {
        return signal;
    }

    final void clientGone() {
        gone = true;
        signal.raise();
    }
}
