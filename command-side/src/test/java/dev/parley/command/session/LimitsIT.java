package dev.parley.command.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.command.account.Passwords;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// Guessing is slowed down at both doors.
class LimitsIT {

    private final String name = "guessed-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoGuessesIsRefusedUntilTimeHasPassed() {
        try (ConfigurableApplicationContext commandSide = RealParts.startCommandSide(
                "parley.command-side.limits.failed-logins-per-account=2/1h",
                "parley.command-side.limits.failed-logins-per-address=5/1h",
                "parley.command-side.limits.registrations-per-address=3/1h")) {
            Caller.register(commandSide, name);
            Caller nobody = Caller.nobody(commandSide);
            assertThat(code(logIn(nobody, "/api/v1/sessions", name, "wrong"))).isEqualTo("bad-credentials");
            assertThat(code(logIn(nobody, "/session", name.toUpperCase(Locale.ROOT), "wrong")))
                    .as("the other door, another spelling")
                    .isEqualTo("bad-credentials");
            await().until(() -> hashed(commandSide) >= 3);
            double hashed = hashed(commandSide);
            Answer refused = logIn(nobody, "/session", name, "correct horse");
            assertThat(code(refused)).isEqualTo("rate-limited");
            assertThat(refused.json().path("retryAfter").isMissingNode()).isFalse();
            assertThat(hashed(commandSide)).as("nothing is compared").isEqualTo(hashed);

            assertThat(code(logIn(nobody, "/session", "nobody-1", "wrong"))).isEqualTo("bad-credentials");
            assertThat(code(logIn(nobody, "/session", "nobody-1", "wrong"))).isEqualTo("bad-credentials");
            assertThat(code(logIn(nobody, "/session", "nobody-1", "wrong")))
                    .as("an unknown name counts just the same")
                    .isEqualTo("rate-limited");
            assertThat(code(logIn(nobody, "/session", "nobody-2", "wrong"))).isEqualTo("bad-credentials");
            assertThat(code(logIn(nobody, "/session", "nobody-3", "wrong")))
                    .as("the address")
                    .isEqualTo("rate-limited");

            assertThat(code(register(nobody, "x"))).isEqualTo("invalid");
            assertThat(register(nobody, name + "-2").status()).isEqualTo(200);
            assertThat(code(register(nobody, name))).isEqualTo("username-taken");
            assertThat(code(register(nobody, name + "-4"))).isEqualTo("rate-limited");
        }
    }

    private static Answer logIn(Caller caller, String path, String username, String password) {
        return caller.call("POST", path, Map.of("username", username, "password", password));
    }

    private static Answer register(Caller caller, String username) {
        return caller.call("POST", "/user", Map.of("username", username, "password", "p", "email", ""));
    }

    private static String code(Answer answer) {
        return answer.json().path("code").asString();
    }

    private static double hashed(ConfigurableApplicationContext commandSide) {
        return commandSide
                .getBean(MeterRegistry.class)
                .get(Passwords.DONE)
                .functionCounter()
                .count();
    }
}
