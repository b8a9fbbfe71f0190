package dev.parley.notifications.policy;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/// The event store, some seconds ago: an event that is not ripe is not there yet.
///
/// So the processor itself waits as it does at the head of the store: no thread and no transaction is held, its claim
/// is extended as ever, and it stops at once. It looks again every 500 ms, Axon's interval for a stream that does not
/// call back.
record DelayedSource(StreamableMessageSource<TrackedEventMessage<?>> events, Ripeness ripeness)
        implements StreamableMessageSource<TrackedEventMessage<?>> {

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new DelayedStream(events.openStream(token), ripeness);
    }

    @Override
    public TrackingToken createTailToken() {
        return events.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return events.createHeadToken();
    }

    private record DelayedStream(BlockingStream<TrackedEventMessage<?>> stream, Ripeness ripeness)
            implements BlockingStream<TrackedEventMessage<?>> {

        private static final long LOOK_MILLIS = 200;

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek().filter(ripeness::ripe);
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            long until = System.nanoTime() + unit.toNanos(timeout);
            while (!(stream.hasNextAvailable() && peek().isPresent())) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
            }
            return true;
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
                // Not yet.
            }
            return stream.nextAvailable();
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
            stream.skipMessagesWithPayloadTypeOf(ignored);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
