package dev.parley.delivery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.frames.ServerFrame.PushState;
import dev.parley.messages.AccountId;
import dev.parley.messages.query.DroppedTokens;
import dev.parley.messages.query.DroppedTokens.Dropped;
import dev.parley.messages.query.FindDroppedTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DroppedTokenNoticesTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<Integer> asked = new ArrayList<>();
    private final List<ServerFrame> frames = new ArrayList<>();
    private Function<FindDroppedTokens, CompletableFuture<DroppedTokens>> answers =
            query -> CompletableFuture.completedFuture(new DroppedTokens(query.accounts().stream()
                    .map(account -> new Dropped(account, "phone", "Unregistered", AT))
                    .toList()));
    private final DroppedTokenNotices notices = new DroppedTokenNotices(this::ask, this::after, meters);

    private CompletableFuture<DroppedTokens> ask(FindDroppedTokens query) {
        asked.add(query.accounts().size());
        return answers.apply(query);
    }

    private void after(Duration delay, Runnable action) {
        delays.add(delay);
        later.add(action);
    }

    private void runAll() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    private void greet(AccountId account, String device) {
        notices.greeted(new DeviceKey(account, device), frames::add);
    }

    private static AccountId account() {
        return new AccountId(UUID.randomUUID());
    }

    private double count(String outcome) {
        return meters.counter("parley.delivery.dropped.tokens", "outcome", outcome)
                .count();
    }

    @Test
    void whoComesTogetherIsAskedForTogether() {
        IntStream.range(0, 300).forEach(i -> greet(account(), "phone"));
        assertThat(asked).isEmpty();
        runAll();
        assertThat(asked).containsExactly(300);
        assertThat(frames).hasSize(300).containsOnly(new PushState("dropped", "Unregistered", AT.toString()));
        assertThat(delays).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void otherDevicesOfAnAccountAreNotTold() {
        AccountId account = account();
        greet(account, "laptop");
        greet(account, "phone");
        runAll();
        assertThat(asked).containsExactly(1);
        assertThat(frames).hasSize(1);
    }

    @Test
    void aQuestionIsForAThousandAccountsAtMostAndACrowdWaitsForNoOtherGathering() {
        IntStream.range(0, 2 * DroppedTokenNotices.MAX_ACCOUNTS + 1).forEach(i -> greet(account(), "phone"));
        runAll();
        assertThat(asked).containsExactly(1_000, 1_000, 1);
        assertThat(delays).containsExactly(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(100));
        assertThat(frames).hasSize(2_001);
    }

    @Test
    void whoFindsNoPlaceIsNotTold() {
        IntStream.range(0, DroppedTokenNotices.MAX_WAITING + 5).forEach(i -> greet(account(), "phone"));
        runAll();
        assertThat(frames).hasSize(DroppedTokenNotices.MAX_WAITING);
        assertThat(count("missed")).isEqualTo(5);
        assertThat(count("told")).isEqualTo(DroppedTokenNotices.MAX_WAITING);
    }

    @Test
    void thoseWhoComeWhileAQuestionIsUnderWayAreAskedForNext() {
        var usual = answers;
        answers = query -> {
            answers = usual;
            greet(account(), "phone");
            greet(account(), "phone");
            return usual.apply(query);
        };
        greet(account(), "phone");
        runAll();
        assertThat(asked).containsExactly(1, 2);
        assertThat(frames).hasSize(3);
    }

    @Test
    void itGoesOnAfterNobodyAnswered() {
        var usual = answers;
        answers = query -> CompletableFuture.failedFuture(new IllegalStateException("nobody"));
        greet(account(), "phone");
        runAll();
        answers = query -> {
            throw new IllegalStateException("the bus is closed");
        };
        greet(account(), "phone");
        runAll();
        answers = query -> CompletableFuture.completedFuture(null);
        greet(account(), "phone");
        runAll();
        assertThat(frames).isEmpty();
        answers = usual;
        greet(account(), "phone");
        runAll();
        assertThat(frames).hasSize(1);
        assertThat(count("missed")).isEqualTo(2);
    }
}
