package dev.parley.notifications.policy;

import java.time.Clock;
import java.time.Duration;
import org.axonframework.eventhandling.TrackedEventMessage;

/// When `push-late` may see an event: it is old enough, and `push`, which keeps the membership, has decided on it.
///
/// Used by one coordinator thread. An old event that `push` has not reached costs one small query a look, and the
/// coordinator looks twice a second.
final class Ripeness {

    private final Duration age;
    private final Clock clock;
    private final Decided decided;
    private long push = -1;

    Ripeness(Duration age, Clock clock, Decided decided) {
        this.age = age;
        this.clock = clock;
        this.decided = decided;
    }

    boolean ripe(TrackedEventMessage<?> event) {
        return !event.getTimestamp().plus(age).isAfter(clock.instant())
                && reached(event.trackingToken().position().orElse(Long.MAX_VALUE));
    }

    private boolean reached(long position) {
        if (push < position) {
            push = decided.upTo(PushProcessors.PUSH).orElse(-1);
        }
        return push >= position;
    }
}
