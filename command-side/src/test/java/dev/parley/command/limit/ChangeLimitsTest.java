package dev.parley.command.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.CommandSideProperties.Limits;
import dev.parley.command.conversation.ConversationLimits;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
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
                    100,
                    new Limit(100, Duration.ofSeconds(5))),
            clock,
            meters);

    @Test
    void anAccountIsLimitedInAllItsConversationsTogether() {
        passes(ALICE, TEA, 5);
        passes(ALICE, CAKE, 5);
        Rejection refusal = limits.count(ALICE, CAKE);
        assertThat(refusal.code()).isEqualTo(RejectionCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofMillis(501));
        passes(BOB, TEA, 10);
        assertThat(refused("account")).isEqualTo(1);

        clock.advance(refusal.retryAfter());
        passes(ALICE, CAKE, 1);
        assertThat(limits.count(ALICE, CAKE)).isNotNull();
    }

    @Test
    void aConversationIsLimitedForAllItsMembersTogether() {
        passes(ALICE, TEA, 10);
        passes(BOB, TEA, 10);
        passes(CAROL, TEA, 5);
        Rejection refusal = limits.count(CAROL, TEA);
        assertThat(refusal.code()).isEqualTo(RejectionCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(200), Duration.ofMillis(201));
        assertThat(refused("conversation")).isEqualTo(1);
    }

    @Test
    void whoIsRefusedByAConversationHasLostNothingElsewhere() {
        passes(ALICE, TEA, 10);
        passes(BOB, TEA, 10);
        passes(CAROL, TEA, 5);
        for (int i = 0; i < 20; i++) {
            assertThat(limits.count(CAROL, TEA)).isNotNull();
        }
        passes(CAROL, CAKE, 5);
        assertThat(limits.count(CAROL, CAKE)).isNotNull();
    }

    private void passes(AccountId account, ConversationId conversation, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(limits.count(account, conversation)).isNull();
        }
    }

    private double refused(String limit) {
        return meters.get("parley.command-side.refusals")
                .tag("limit", "changes-" + limit)
                .counter()
                .count();
    }
}
