package dev.parley.delivery.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTaskTest {

    @Test
    void noWakeUpIsLostAndNothingRunsTwiceAtOnce() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            SerialTask task = new SerialTask(executor, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                done.set(asked.get());
                inside.decrementAndGet();
            });
            for (int thread = 0; thread < 4; thread++) {
                executor.execute(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        asked.incrementAndGet();
                        task.wake();
                    }
                });
            }
            await().untilAsserted(() -> assertThat(done).hasValue(40_000));
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void workThatFailedGoesOnWhenItIsWoken() {
        AtomicInteger runs = new AtomicInteger();
        SerialTask task = new SerialTask(Runnable::run, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
        });
        task.wake();
        task.wake();
        assertThat(runs).hasValue(2);
    }

    @Test
    void pauseEndsWithAWakeUpOrWithItsTime() {
        AtomicInteger state = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            SerialTask[] task = new SerialTask[1];
            task[0] = new SerialTask(executor, () -> {
                if (state.compareAndSet(0, 1)) {
                    state.set(task[0].pause(Duration.ofSeconds(30)) ? 2 : -1);
                    state.set(task[0].pause(Duration.ofMillis(1)) ? -2 : 3);
                }
            });
            task[0].wake();
            await().until(() -> state.get() == 1);
            task[0].wake();
            await().untilAsserted(() -> assertThat(state).hasValue(3));
        }
    }
}
