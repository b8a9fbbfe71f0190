package dev.parley.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(4, new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        passwords.close();
    }

    @Test
    void onlyTheSamePasswordMatches() {
        String hash = passwords.hash("correct horse");
        assertThat(passwords.matches("correct horse", hash)).isTrue();
        assertThat(passwords.matches("Correct horse", hash)).isFalse();
    }

    @Test
    void whatComesAfterThe72ndByteCounts() {
        String hash = passwords.hash("x".repeat(1_000) + "a");
        assertThat(passwords.matches("x".repeat(1_000) + "b", hash)).isFalse();
        assertThat(passwords.matches("x".repeat(1_000) + "a", hash)).isTrue();
    }

    @Test
    void nothingMatchesNobody() {
        assertThat(passwords.matches("nobody's", null)).isFalse();
    }
}
