package dev.parley.tail;

import dev.parley.messages.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;

/// A log in memory that fails, hangs, breaks and falls silent when a test says so.
final class ScriptedStore implements EventStore {

    record Happened(int number, Instant at) implements Fact {}

    final AtomicInteger heads = new AtomicInteger();
    final AtomicInteger streams = new AtomicInteger();
    private final List<TrackedEventMessage<?>> events = new ArrayList<>();
    private boolean down;
    private boolean silent;
    private int generation;
    private CountDownLatch hang = new CountDownLatch(0);

    synchronized void append() {
        int position = events.size();
        events.add(new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericEventMessage<>(new Happened(position, Instant.EPOCH))));
        notifyAll();
    }

    /// Breaks all open streams.
    synchronized void breakStreams() {
        generation++;
        notifyAll();
    }

    /// Breaks all open streams, and whatever is asked fails, until it is up.
    synchronized void down() {
        down = true;
        breakStreams();
    }

    synchronized void up() {
        down = false;
    }

    /// Streams that are open now give nothing more, and do not break.
    synchronized void fallSilent() {
        silent = true;
    }

    /// From now on who asks for the head waits.
    synchronized void hangHeads() {
        hang = new CountDownLatch(1);
    }

    synchronized void answerHeads() {
        hang.countDown();
    }

    @Override
    public TrackingToken createHeadToken() {
        heads.incrementAndGet();
        CountDownLatch waited;
        synchronized (this) {
            waited = hang;
        }
        try {
            waited.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        synchronized (this) {
            if (down) {
                throw new IllegalStateException("down");
            }
            return events.isEmpty() ? null : new GlobalSequenceTrackingToken(events.size() - 1);
        }
    }

    @Override
    public synchronized BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
        if (down) {
            throw new IllegalStateException("down");
        }
        streams.incrementAndGet();
        silent = false;
        return new Cursor(token == null ? 0 : (int) token.position().orElseThrow() + 1, generation);
    }

    private final class Cursor implements BlockingStream<TrackedEventMessage<?>> {
        private final int born;
        private int next;

        Cursor(int next, int born) {
            this.next = next;
            this.born = born;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            synchronized (ScriptedStore.this) {
                return has() ? Optional.of(events.get(next)) : Optional.empty();
            }
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            synchronized (ScriptedStore.this) {
                if (!has()) {
                    ScriptedStore.this.wait(unit.toMillis(timeout));
                }
                return has();
            }
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            synchronized (ScriptedStore.this) {
                return events.get(next++);
            }
        }

        @Override
        public void close() {}

        private boolean has() {
            if (born != generation) {
                throw new IllegalStateException("broken");
            }
            return !silent && next < events.size();
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregate) {
        throw beyondTheScript();
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw beyondTheScript();
    }

    @Override
    public void publish(List<? extends EventMessage<?>> published) {
        throw beyondTheScript();
    }

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super EventMessage<?>> dispatchInterceptor) {
        throw beyondTheScript();
    }

    @Override
    public Registration subscribe(Consumer<List<? extends EventMessage<?>>> messageProcessor) {
        throw beyondTheScript();
    }

    private static AssertionError beyondTheScript() {
        return new AssertionError("The tail reads the live log and nothing else");
    }
}
