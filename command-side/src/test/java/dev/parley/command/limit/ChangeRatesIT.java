package dev.parley.command.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.command.aggregate.AggregateCache;
import dev.parley.messages.MessageId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// Who writes too fast is told so over HTTP, through the real bus; nobody else notices.
class ChangeRatesIT {

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoWritesTooFastIsRefusedAndNobodyElse() {
        try (ConfigurableApplicationContext commandSide = RealParts.startCommandSide(
                "parley.command-side.limits.changes-per-account=5/1h",
                "parley.command-side.limits.changes-per-conversation=6/1h")) {
            Caller alice = Caller.register(commandSide, "alice-" + suffix);
            Caller bob = Caller.register(commandSide, "bob-" + suffix);
            Caller carol = Caller.register(commandSide, "carol-" + suffix);
            String tea = handledBy(commandSide, () -> group(alice, bob, carol));
            String cake = handledBy(commandSide, () -> group(bob, alice, carol));

            for (int i = 0; i < 4; i++) {
                assertThat(send(alice, tea).json().path("seq").asLong()).isEqualTo(i + 1);
            }
            Answer refused = send(alice, tea);
            assertThat(code(refused)).isEqualTo("rate-limited");
            assertThat(Duration.parse(refused.json().path("retryAfter").asString()))
                    .as("an hour for five, the start of the group among them")
                    .isBetween(Duration.ofMinutes(11), Duration.ofMinutes(13));
            assertThat(code(send(alice, cake))).as("wherever").isEqualTo("rate-limited");

            assertThat(send(bob, tea).status()).as("another account").isEqualTo(201);
            assertThat(send(bob, tea).status()).isEqualTo(201);
            assertThat(code(send(carol, tea))).as("the conversation is full").isEqualTo("rate-limited");
            assertThat(send(carol, cake).status()).as("another conversation").isEqualTo(201);
            assertThat(send(bob, cake).status()).isEqualTo(201);

            Caller dave = Caller.register(commandSide, "dave-" + suffix);
            String members = "/api/v1/conversations/" + tea + "/members";
            assertThat(code(alice.call("POST", members, Map.of("username", dave.username()))))
                    .as("whatever it is")
                    .isEqualTo("rate-limited");
            assertThat(refused(commandSide, "account")).isEqualTo(3);
            assertThat(refused(commandSide, "conversation")).isEqualTo(1);
        }
    }

    @Test
    void strangersCannotSilenceAConversation() {
        try (ConfigurableApplicationContext commandSide = RealParts.startCommandSide(
                "parley.command-side.limits.changes-per-account=5/1h",
                "parley.command-side.limits.changes-per-conversation=4/1h")) {
            Caller alice = Caller.register(commandSide, "ann-" + suffix);
            String tea = handledBy(commandSide, () -> group(alice));
            for (int i = 0; i < 5; i++) {
                Caller stranger = Caller.register(commandSide, "stranger" + i + "-" + suffix);
                for (int sent = 0; sent < 5; sent++) {
                    assertThat(code(send(stranger, tea))).isEqualTo("not-a-member");
                }
                assertThat(code(send(stranger, tea))).isEqualTo("rate-limited");
            }
            for (int i = 0; i < 4; i++) {
                assertThat(send(alice, tea).status()).isEqualTo(201);
            }
        }
    }

    private static double refused(ConfigurableApplicationContext commandSide, String limit) {
        return commandSide
                .getBean(MeterRegistry.class)
                .get("parley.command-side.refusals")
                .tag("limit", "changes-" + limit)
                .counter()
                .count();
    }

    /// Conversations are shared out among all the nodes of this test run.
    private static String handledBy(ConfigurableApplicationContext commandSide, Supplier<String> start) {
        AggregateCache here = commandSide.getBean("aggregateCache", AggregateCache.class);
        return Stream.generate(start).filter(here::containsKey).findFirst().orElseThrow();
    }

    private static String group(Caller owner, Caller... others) {
        List<String> members = List.of(others).stream().map(Caller::username).toList();
        return owner.call("POST", "/api/v1/conversations", Map.of("kind", "group", "members", members))
                .json()
                .path("id")
                .asString();
    }

    private static Answer send(Caller caller, String conversation) {
        MessageId id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
        return caller.call(
                "POST",
                "/api/v1/conversations/" + conversation + "/messages",
                Map.of("id", id.toString(), "body", "hi"));
    }

    private static String code(Answer answer) {
        return answer.json().path("code").asString();
    }
}
