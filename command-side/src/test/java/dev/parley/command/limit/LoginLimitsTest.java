package dev.parley.command.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.command.CommandSideProperties.Limits;
import dev.parley.command.conversation.ConversationLimits;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LoginLimitsTest {

    private static final ConversationLimits CONVERSATION =
            new Binder(new MapConfigurationPropertySource()).bindOrCreate("conversation", ConversationLimits.class);
    private static final String HERE = "192.0.2.1";

    private final ClockInHand clock = new ClockInHand();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoginLimits limits = new LoginLimits(
            new Limits(
                    CONVERSATION,
                    new Limit(10, Duration.ofMinutes(5)),
                    new Limit(100, Duration.ofMinutes(1)),
                    new Limit(300, Duration.ofMinutes(1)),
                    new Limit(500, Duration.ofSeconds(5)),
                    new Limit(2_500, Duration.ofSeconds(5)),
                    new Limit(2_500, Duration.ofSeconds(5)),
                    100,
                    new Limit(100, Duration.ofSeconds(5))),
            clock,
            meters);

    @Test
    void anAccountIsClosedAfterTenFailuresAndOpensAgain() {
        fail("alice", HERE, 10);
        Rejection refusal = refusal("alice", HERE);
        assertThat(refusal.code()).isEqualTo(RejectionCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(refusal("alice", "192.0.2.2")).as("from wherever").isNotNull();
        assertThat(refusal("bob", HERE)).as("nobody else").isNull();

        clock.advance(Duration.ofSeconds(29));
        assertThat(refusal("alice", HERE).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        fail("alice", HERE, 1);
        assertThat(refusal("alice", HERE)).isNotNull();
        assertThat(refused("login-account")).isEqualTo(4);
    }

    @Test
    void successCostsNothing() {
        for (int i = 0; i < 1_000; i++) {
            limits.begin("alice", HERE).close();
        }
        fail("alice", HERE, 10);
        assertThat(refusal("alice", HERE)).isNotNull();
    }

    @Test
    void anAddressIsClosedAfterAHundredFailuresAgainstAnybody() {
        for (int i = 0; i < 100; i++) {
            fail("name" + i, "2001:db8::" + i, 1);
        }
        assertThat(refusal("alice", "2001:db8::ffff").code()).isEqualTo(RejectionCode.RATE_LIMITED);
        assertThat(refusal("alice", "2001:db8:0:1::1")).isNull();
        assertThat(refused("login-address")).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        fail("alice", "2001:db8::1", 10);
    }

    @Test
    void guessesAtTheSameTimeDoNotPassTheLastToken() throws Exception {
        fail("alice", HERE, 9);
        AtomicInteger checked = new AtomicInteger();
        Callable<Boolean> guess = () -> {
            try (LoginAttempt attempt = limits.begin("alice", HERE)) {
                checked.incrementAndGet();
                attempt.fail();
                return true;
            } catch (RejectedException refused) {
                return false;
            }
        };
        try (ExecutorService guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = guessers.invokeAll(Collections.nCopies(50, guess));
        }
        assertThat(checked).hasValue(1);
    }

    @Test
    void manyWhoKnowThePasswordAllGetIn() throws Exception {
        fail("alice", HERE, 9);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        Callable<Boolean> logIn = () -> {
            try (LoginAttempt attempt = limits.begin("alice", HERE)) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
                return attempt != null;
            }
        };
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : people.invokeAll(Collections.nCopies(200, logIn))) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(most).as("one at a time, as only one may fail").hasValue(1);
    }

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            try (LoginAttempt attempt = limits.begin(name, address)) {
                attempt.fail();
            }
        }
    }

    /// @return null where it was let in
    private Rejection refusal(String name, String address) {
        RejectedException refused = catchThrowableOfType(
                RejectedException.class, () -> limits.begin(name, address).close());
        return refused == null ? null : refused.rejection();
    }

    private double refused(String limit) {
        return meters.get("parley.command-side.refusals")
                .tag("limit", limit)
                .counter()
                .count();
    }
}
