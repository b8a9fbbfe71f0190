package dev.parley.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/// The tail and the barrier on a log that fails as it is told.
class LiveTailTest {

    private final ScriptedStore store = new ScriptedStore();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Recorder recorder = new Recorder();
    private final LiveTail tail = tail(recorder);
    private final ReadBarrier barrier = new ReadBarrier(new StoreReader(store), tail, Duration.ofSeconds(1), meters);

    private static final class Recorder implements Follower {
        private final List<Long> heads = new CopyOnWriteArrayList<>();
        private final List<Long> seen = new CopyOnWriteArrayList<>();

        @Override
        public void startAfter(long head) {
            heads.add(head);
        }

        @Override
        public void event(long position, TrackedEventMessage<?> message) {
            seen.add(position);
        }
    }

    private LiveTail tail(Follower... followers) {
        return new LiveTail(new StoreReader(store), List.of(followers), meters);
    }

    @AfterEach
    void stop() {
        tail.stop();
    }

    private void appended(int count) {
        for (int i = 0; i < count; i++) {
            store.append();
        }
    }

    @Test
    void followersSeeWhatComesAfterTheFirstHead() {
        appended(3);
        tail.start();
        assertThat(barrier.await()).isEqualTo(2);
        appended(2);
        assertThat(barrier.await()).isEqualTo(4);
        assertThat(recorder.heads).containsExactly(2L);
        assertThat(recorder.seen).containsExactly(3L, 4L);
    }

    @Test
    void emptyStoreIsReadFromItsBeginning() {
        tail.start();
        assertThat(barrier.await()).isEqualTo(-1);
        appended(1);
        assertThat(barrier.await()).isZero();
        assertThat(recorder.seen).containsExactly(0L);
    }

    @Test
    void whoComesBackFromTheBarrierFindsEverythingFollowed() throws InterruptedException {
        tail.start();
        barrier.await();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread writer = Thread.startVirtualThread(() -> appended(5_000));
        List<Thread> readers = LongStream.range(0, 8)
                .mapToObj(reader -> Thread.startVirtualThread(() -> {
                    try {
                        for (int round = 0; round < 200; round++) {
                            long head = barrier.await();
                            assertThat(recorder.seen.size()).isGreaterThan((int) head);
                        }
                    } catch (RuntimeException | AssertionError e) {
                        failures.add(e);
                    }
                }))
                .toList();
        writer.join();
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void breaksLoseAndRepeatNothing() {
        tail.start();
        barrier.await();
        for (int round = 1; round <= 5; round++) {
            int expected = round;
            await().until(() -> store.streams.get() == expected);
            appended(10);
            store.breakStreams();
            appended(10);
        }
        await().until(() -> recorder.seen.size() == 100);
        assertThat(recorder.seen)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
        assertThat(meters.counter("parley.tail.breaks").count()).isEqualTo(5.0);
    }

    @Test
    void whoWaitsDuringABreakIsWokenAfterIt() throws Exception {
        tail.start();
        await().until(() -> store.streams.get() == 1);
        store.fallSilent();
        appended(1);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return tail.await(0, Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                return false;
            }
        });
        store.down();
        await().until(() -> meters.counter("parley.tail.breaks").count() > 1);
        assertThat(waiting).isNotDone();
        store.up();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void storeThatIsDownIsUnavailableAndWorksAgainWhenItIsBack() {
        store.down();
        tail.start();
        assertUnavailable();
        store.up();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(barrier.await()).isEqualTo(-1));
        assertThat(recorder.heads).containsExactly(-1L);
    }

    @Test
    void headThatHangsHoldsUpNobodyForEver() {
        tail.start();
        barrier.await();
        store.hangHeads();
        assertUnavailable();
        assertUnavailable();
        int asked = store.heads.get();
        store.answerHeads();
        assertThat(barrier.await()).isEqualTo(-1);
        assertThat(asked).isGreaterThan(2);
    }

    @Test
    void streamThatFallsSilentIsOpenedAnew() {
        tail.start();
        await().until(() -> store.streams.get() == 1);
        store.fallSilent();
        appended(1);
        assertUnavailable();
        await().until(() -> recorder.seen.equals(List.of(0L)));
        assertThat(barrier.await()).isZero();
        assertThat(store.streams).hasValue(2);
    }

    @Test
    void followerThatFailsStopsNobody() {
        Follower broken = new Follower() {
            @Override
            public void startAfter(long head) {
                throw new IllegalStateException("a test's fault");
            }

            @Override
            public void event(long position, TrackedEventMessage<?> message) {
                throw new AssertionError("a test's fault");
            }
        };
        LiveTail both = tail(broken, recorder);
        both.start();
        try {
            await().until(() -> recorder.heads.size() == 1);
            appended(2);
            await().until(() -> recorder.seen.size() == 2);
            assertThat(meters.counter("parley.tail.faults").count()).isEqualTo(3);
            assertThat(recorder.heads).containsExactly(-1L);
        } finally {
            both.stop();
        }
    }

    @Test
    void stoppedAndStartedAgainItGoesOnWhereItWas() {
        tail.start();
        barrier.await();
        appended(1);
        await().until(() -> recorder.seen.size() == 1);
        tail.stop();
        assertThat(tail.isRunning()).isFalse();
        appended(1);
        assertUnavailable();
        tail.start();
        await().until(() -> recorder.seen.equals(List.of(0L, 1L)));
    }

    @Test
    void requestsFindItRunning() {
        assertThat(tail.getPhase())
                .as("lower phases start earlier and stop later")
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    }

    private void assertUnavailable() {
        assertThatThrownBy(barrier::await)
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refused -> assertThat(refused.rejection().code()).isEqualTo(RejectionCode.UNAVAILABLE));
    }
}
