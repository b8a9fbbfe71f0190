package dev.parley.axonserver.protocol;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server's end of a call without a network: keeps what is sent, and is as ready as it is told to be.
public final class RecordedCall<T> extends ServerCallStreamObserver<T> {

    private final List<T> sent = new ArrayList<>();
    private @Nullable Runnable onReady;
    private @Nullable Runnable onCancel;
    private boolean ready = true;
    private boolean cancelled;
    private boolean completed;
    private @Nullable Throwable failure;

    public List<T> sent() {
        return sent;
    }

    public boolean isCompleted() {
        return completed;
    }

    public @Nullable Throwable failure() {
        return failure;
    }

    public void stopReading() {
        ready = false;
    }

    public void readOn() {
        ready = true;
        if (onReady != null) {
            onReady.run();
        }
    }

    /// The client vanishes.
    public void cancel() {
        cancelled = true;
        if (onCancel != null) {
            onCancel.run();
        }
    }

    @Override
    public void onNext(T value) {
        if (completed || failure != null) {
            throw new IllegalStateException("The call has ended");
        }
        sent.add(value);
    }

    @Override
    public void onError(Throwable t) {
        failure = t;
    }

    @Override
    public void onCompleted() {
        if (completed || failure != null) {
            throw new IllegalStateException("The call has ended");
        }
        completed = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        onCancel = handler;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        onReady = handler;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
}
