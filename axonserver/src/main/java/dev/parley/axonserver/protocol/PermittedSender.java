package dev.parley.axonserver.protocol;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one way out to a client's instruction stream, for any number of threads.
///
/// Work (commands, queries) waits in a bounded queue until the client has granted a permit for it and the transport
/// is ready; control messages (acknowledgements) need no permit and go first. gRPC observers are not thread-safe, so
/// everything goes out under the lock; sending only hands a message to the transport's buffer and never waits.
public final class PermittedSender<T> {

    private final ServerCallStreamObserver<T> out;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Work<T>> waiting = new ArrayDeque<>();
    private long permits;
    private boolean finishing;
    private boolean closed;

    /// @param capacity how much work may wait for permits
    public PermittedSender(ServerCallStreamObserver<T> out, int capacity) {
        this.out = out;
        this.capacity = capacity;
    }

    /// Sends a message that needs no permit. Ignored once closed.
    public void control(T message) {
        lock.lock();
        try {
            if (!closed && !out.isCancelled()) {
                out.onNext(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return false if the queue is full or the stream is closed: the message will not be sent
    public boolean offer(T message) {
        return offer(message, null);
    }

    /// @param followUp goes out right behind the message and needs no permit
    /// @return as for [#offer(Object)]
    public boolean offer(T message, @Nullable T followUp) {
        lock.lock();
        try {
            if (closed || finishing || waiting.size() >= capacity) {
                return false;
            }
            waiting.add(new Work<>(message, followUp));
            drain();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes back work that is still waiting.
    ///
    /// @return whether it was waiting, and so was never sent
    public boolean withdraw(T message) {
        lock.lock();
        try {
            return waiting.removeIf(work -> work.message() == message);
        } finally {
            lock.unlock();
        }
    }

    /// @param more permits that the client grants on top of those it has left; nothing if not positive
    public void grant(long more) {
        lock.lock();
        try {
            if (more > 0) {
                permits = permits + more < 0 ? Long.MAX_VALUE : permits + more;
            }
            drain();
        } finally {
            lock.unlock();
        }
    }

    /// To be called when the transport is ready again.
    public void ready() {
        grant(0);
    }

    /// How much work waits for permits or for the transport.
    public int queued() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more work and closes once what waits is sent.
    public void finish() {
        lock.lock();
        try {
            finishing = true;
            drain();
        } finally {
            lock.unlock();
        }
    }

    /// Closes after the client ended its side.
    ///
    /// @return the work that was never sent
    public List<T> complete() {
        return close(null);
    }

    /// @return the work that was never sent
    public List<T> fail(String why) {
        return close(Status.UNAVAILABLE.withDescription(why).asRuntimeException());
    }

    private List<T> close(@Nullable StatusRuntimeException failure) {
        lock.lock();
        try {
            if (closed) {
                return List.of();
            }
            closed = true;
            List<T> unsent = new ArrayList<>();
            waiting.forEach(work -> unsent.add(work.message()));
            waiting.clear();
            if (!out.isCancelled()) {
                if (failure == null) {
                    out.onCompleted();
                } else {
                    out.onError(failure);
                }
            }
            return unsent;
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        while (!closed && permits > 0 && !waiting.isEmpty() && out.isReady()) {
            permits--;
            Work<T> next = waiting.remove();
            out.onNext(next.message());
            if (next.followUp() != null) {
                out.onNext(next.followUp());
            }
        }
        if (finishing && !closed && waiting.isEmpty()) {
            closed = true;
            if (!out.isCancelled()) {
                out.onCompleted();
            }
        }
    }
}
