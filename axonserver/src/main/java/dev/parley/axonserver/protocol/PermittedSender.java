package dev.parley.axonserver.protocol;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The one way out to a client's instruction stream, for any number of threads.
///
/// Work (commands, queries, updates) waits in a bounded queue until the client has granted a permit for it and the
/// transport is ready: the highest priority first, the first come first within a priority. Offering, taking back and
/// sending cost the logarithm of what waits, and nothing is queued when it can be sent at once. Control messages
/// (acknowledgements) need no permit and go first. gRPC observers are not thread-safe, so everything goes out under
/// the lock; sending only hands a message to the transport's buffer and never waits.
public final class PermittedSender<T> {

    private static final int MAX_UNREAD = 10_000;

    private final ServerCallStreamObserver<T> out;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Work<T>> waiting = new TreeSet<>(
            Comparator.<Work<T>>comparingLong(Work::priority).reversed().thenComparingLong(Work::turn));
    private long permits;
    private int unread;
    private boolean finishing;
    private boolean closed;

    /// @param capacity how much work may wait for permits
    public PermittedSender(ServerCallStreamObserver<T> out, int capacity) {
        this.out = out;
        this.capacity = capacity;
    }

    /// Sends a message that needs no permit. Ignored once closed, or when the client does not read
    /// ([#isUnread()]).
    public void control(T message) {
        lock.lock();
        try {
            if (closed || out.isCancelled() || unread > MAX_UNREAD) {
                return;
            }
            unread = out.isReady() ? 0 : unread + 1;
            out.onNext(message);
        } finally {
            lock.unlock();
        }
    }

    /// Whether more control messages wait in the transport than the client may leave unread. It has then missed some,
    /// and its stream should be ended.
    public boolean isUnread() {
        lock.lock();
        try {
            return unread > MAX_UNREAD;
        } finally {
            lock.unlock();
        }
    }

    /// Sends work, now or when it is its turn.
    public Offer offer(Work<T> work) {
        lock.lock();
        try {
            if (closed || finishing) {
                return Offer.CLOSED;
            }
            if (permits > 0 && waiting.isEmpty() && out.isReady()) {
                send(work);
                return Offer.TAKEN;
            }
            if (waiting.size() >= capacity) {
                return Offer.FULL;
            }
            work.queue();
            waiting.add(work);
            drain();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// Takes back work that is still waiting here.
    ///
    /// @return whether it was waiting, and so was not sent
    public boolean withdraw(Work<T> work) {
        if (work.wasSent()) {
            return false;
        }
        lock.lock();
        try {
            return waiting.remove(work);
        } finally {
            lock.unlock();
        }
    }

    /// Takes back all work of a kind that is still waiting, in the order in which it would have been sent.
    public List<Work<T>> withdraw(Predicate<Work<T>> kind) {
        lock.lock();
        try {
            List<Work<T>> withdrawn = waiting.stream().filter(kind).toList();
            withdrawn.forEach(waiting::remove);
            return withdrawn;
        } finally {
            lock.unlock();
        }
    }

    /// Adds permits to those that the client has left.
    ///
    /// @param more nothing happens if it is not positive
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
        lock.lock();
        try {
            unread = unread > MAX_UNREAD ? unread : 0;
            drain();
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
    /// @return the work that was never sent, in its order
    public List<Work<T>> complete() {
        return close(null);
    }

    /// Closes with UNAVAILABLE.
    ///
    /// @return the work that was never sent, in its order
    public List<Work<T>> fail(String why) {
        return close(Status.UNAVAILABLE.withDescription(why).asRuntimeException());
    }

    private List<Work<T>> close(@Nullable StatusRuntimeException failure) {
        lock.lock();
        try {
            if (closed) {
                return List.of();
            }
            closed = true;
            List<Work<T>> unsent = new ArrayList<>(waiting);
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
            send(waiting.removeFirst());
        }
        if (finishing && !closed && waiting.isEmpty()) {
            closed = true;
            if (!out.isCancelled()) {
                out.onCompleted();
            }
        }
    }

    private void send(Work<T> work) {
        permits--;
        work.markSent();
        out.onNext(work.message());
        if (work.followUp() != null) {
            out.onNext(work.followUp());
        }
    }
}
