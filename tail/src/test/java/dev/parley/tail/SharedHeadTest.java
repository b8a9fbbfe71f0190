package dev.parley.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedHeadTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicLong stored = new AtomicLong();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Semaphore answers = new Semaphore(0);

    private long slowHead() {
        questions.incrementAndGet();
        most.accumulateAndGet(onTheirWay.incrementAndGet(), Math::max);
        try {
            long head = stored.get();
            answers.acquireUninterruptibly();
            return head;
        } finally {
            onTheirWay.decrementAndGet();
        }
    }

    @Test
    void whoAsksMeanwhileSharesTheNextAnswer() throws Exception {
        SharedHead head = new SharedHead(this::slowHead, LONG);
        CompletableFuture<Long> first = head.ask();
        await().until(() -> questions.get() == 1);
        stored.set(7);
        CompletableFuture<Long> second = head.ask();
        CompletableFuture<Long> third = head.ask();

        assertThat(questions).hasValue(1);
        answers.release(2);
        assertThat(first.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(third).isSameAs(second);
        assertThat(questions).hasValue(2);
    }

    @Test
    void eachGetsAHeadReadAfterItAskedAndOneQuestionIsOnItsWay() throws Exception {
        SharedHead head = new SharedHead(this::slowHead, LONG);
        answers.release(1_000_000);
        AtomicBoolean stale = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 50; caller++) {
            callers.add(Thread.startVirtualThread(() -> {
                for (int round = 0; round < 200; round++) {
                    long before = stored.incrementAndGet();
                    if (head.ask().join() < before) {
                        stale.set(true);
                    }
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(stale).isFalse();
        assertThat(most).hasValue(1);
        assertThat(questions.get()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void failureIsForThoseWhoAskedAndTheNextMaySucceed() {
        AtomicBoolean failing = new AtomicBoolean(true);
        SharedHead head = new SharedHead(
                () -> {
                    if (failing.get()) {
                        throw new IllegalStateException("down");
                    }
                    return 3;
                },
                LONG);
        assertThatThrownBy(() -> head.ask().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("down");
        failing.set(false);
        assertThat(head.ask().join()).isEqualTo(3);
    }

    @Test
    void evenAnErrorEndsTheQuestion() {
        AtomicBoolean failing = new AtomicBoolean(true);
        SharedHead head = new SharedHead(
                () -> {
                    if (failing.getAndSet(false)) {
                        throw new StackOverflowError();
                    }
                    return 3;
                },
                LONG);
        assertThatThrownBy(() -> head.ask().get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(head.ask().join()).isEqualTo(3);
    }

    @Test
    void questionThatHangsIsGivenUpAndTheNextIsAsked() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        SharedHead head = new SharedHead(
                () -> {
                    if (asked.incrementAndGet() > 1) {
                        return 5;
                    }
                    try {
                        new CountDownLatch(1).await(); // for ever
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    return 4;
                },
                Duration.ofMillis(200));
        CompletableFuture<Long> first = head.ask();
        await().until(() -> asked.get() == 1);
        CompletableFuture<Long> second = head.ask();

        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(5);
        await().untilTrue(interrupted);
    }
}
