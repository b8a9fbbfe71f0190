package dev.parley.command.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.command.CommandSideProperties.Limits;
import dev.parley.command.conversation.ConversationLimits;
import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ChangeLimitsTest {

    private static final AccountId ALICE = new AccountId(UUID.randomUUID());
    private static final AccountId BOB = new AccountId(UUID.randomUUID());
    private static final AccountId CAROL = new AccountId(UUID.randomUUID());
    private static final ConversationId TEA = new ConversationId(UUID.randomUUID());
    private static final ConversationId CAKE = new ConversationId(UUID.randomUUID());

    private final ClockInHand clock = new ClockInHand();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ChangeLimits limits = new ChangeLimits(
            new Limits(
                    new Binder(new MapConfigurationPropertySource(Map.of()))
                            .bindOrCreate("limits", ConversationLimits.class),
                    new Limit(1, Duration.ofMinutes(1)),
                    new Limit(1, Duration.ofMinutes(1)),
                    new Limit(1, Duration.ofMinutes(1)),
                    new Limit(10, Duration.ofSeconds(5)),
                    new Limit(25, Duration.ofSeconds(5)),
                    new Limit(10, Duration.ofSeconds(5)),
                    100,
                    new Limit(100, Duration.ofSeconds(5))),
            clock,
            meters);

    @Test
    void anAccountIsLimitedInAllItsConversationsTogether() {
        passes(ALICE, TEA, 5);
        passes(ALICE, CAKE, 4);
        limits.change(ALICE);
        Rejection refusal = refusal(() -> limits.change(ALICE, CAKE));
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofMillis(501));
        assertThat(refusal(() -> limits.change(ALICE))).isEqualTo(refusal);
        passes(BOB, TEA, 10);
        assertThat(refused("changes-account")).isEqualTo(2);

        clock.advance(refusal.retryAfter());
        passes(ALICE, CAKE, 1);
        refusal(() -> limits.change(ALICE, CAKE));
    }

    @Test
    void aConversationIsLimitedForAllItsMembersTogether() {
        fill(TEA);
        Rejection refusal = refusal(() -> limits.change(CAROL, TEA));
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(200), Duration.ofMillis(201));
        assertThat(refused("changes-conversation")).isEqualTo(1);
    }

    @Test
    void whoIsRefusedByAConversationHasLostNothingElsewhere() {
        fill(TEA);
        for (int i = 0; i < 20; i++) {
            refusal(() -> limits.change(CAROL, TEA));
        }
        passes(CAROL, CAKE, 5);
        refusal(() -> limits.change(CAROL, CAKE));
    }

    @Test
    void aFullConversationKeepsNobodyFromLeavingIt() {
        fill(TEA);
        limits.change(CAROL);
    }

    @Test
    void marksAndWordsDoNotUseUpEachOther() {
        for (int i = 0; i < 10; i++) {
            limits.mark(ALICE);
        }
        assertThat(refusal(() -> limits.mark(ALICE)).retryAfter()).isPositive();
        assertThat(refused("marks-account")).isEqualTo(1);
        passes(ALICE, TEA, 10);
        refusal(() -> limits.change(ALICE, TEA));
        limits.mark(BOB);
    }

    /// As far as it goes: 25.
    private void fill(ConversationId conversation) {
        passes(ALICE, conversation, 10);
        passes(BOB, conversation, 10);
        passes(CAROL, conversation, 5);
    }

    private void passes(AccountId account, ConversationId conversation, int times) {
        for (int i = 0; i < times; i++) {
            limits.change(account, conversation);
        }
    }

    private static Rejection refusal(ThrowingCallable change) {
        Rejection rejection = Refusal.in(catchThrowableOfType(Refusal.class, change));
        assertThat(rejection.code()).isEqualTo(RejectionCode.RATE_LIMITED);
        return rejection;
    }

    private double refused(String limit) {
        return meters.get("parley.command-side.refusals")
                .tag("limit", limit)
                .counter()
                .count();
    }
}
