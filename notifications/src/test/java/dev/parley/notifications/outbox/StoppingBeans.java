package dev.parley.notifications.outbox;

import dev.parley.notifications.outbox.OutboxClaimer.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.BeanPostProcessor;

/// Stops the process at a step: says so on the standard output, and does nothing more, as a process that is about to be
/// killed would.
final class StoppingBeans implements BeanPostProcessor {

    static final String STOPPED = "stopped at ";

    private final Step step;
    private final AtomicInteger left;

    /// @param times the step is passed before
    StoppingBeans(Step step, int times) {
        this.step = step;
        this.left = new AtomicInteger(times);
    }

    private void at(Step here) {
        if (here == step && left.getAndDecrement() <= 0) {
            System.out.println(STOPPED + step);
            System.out.flush();
            try {
                Thread.sleep(Duration.ofDays(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return switch (bean) {
            case OutboxStore store -> new Store(store);
            case Attempt attempt -> new Stopping(attempt);
            case Outbox outbox -> new Box(outbox);
            default -> bean;
        };
    }

    private final class Store implements OutboxStore {
        private final OutboxStore store;

        Store(OutboxStore store) {
            this.store = store;
        }

        @Override
        public List<OutboxRow> claim(int most, Duration lease) {
            at(Step.BEFORE_CLAIM);
            List<OutboxRow> rows = store.claim(most, lease);
            if (!rows.isEmpty()) {
                at(Step.CLAIMED);
            }
            return rows;
        }

        @Override
        public void settle(List<Settlement> settlements) {
            at(Step.BEFORE_SETTLE);
            store.settle(settlements);
            at(Step.SETTLED);
        }

        @Override
        public int forget(Duration age) {
            return store.forget(age);
        }

        @Override
        public Depth depth() {
            return store.depth();
        }
    }

    private final class Stopping extends Attempt {
        private final Attempt attempt;

        @SuppressWarnings("NullAway")
        Stopping(Attempt attempt) {
            super(null, null, null, null);
            this.attempt = attempt;
        }

        @Override
        Settlement at(Claimed claimed) throws InterruptedException {
            StoppingBeans.this.at(Step.BEFORE_SEND);
            Settlement settlement = attempt.at(claimed);
            StoppingBeans.this.at(Step.ANSWERED);
            return settlement;
        }
    }

    private final class Box extends Outbox {
        private final Outbox outbox;

        @SuppressWarnings("NullAway")
        Box(Outbox outbox) {
            super(null, null, null, null, null);
            this.outbox = outbox;
        }

        @Override
        public long ring(List<OwedPush> owed, Found found) {
            if (owed.isEmpty()) {
                return 0;
            }
            at(Step.BEFORE_RING);
            long added = outbox.ring(owed, found);
            at(Step.AFTER_RING);
            return added;
        }

        @Override
        public void clear(long position) {
            outbox.clear(position);
        }

        @Override
        public void added() {
            at(Step.COMMITTED);
            outbox.added();
        }
    }
}
