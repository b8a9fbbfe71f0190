package dev.parley.command.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.messages.RejectedException;
import dev.parley.messages.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPageTest {

    @Test
    void aPageStartsBehindTheLastSessionOfTheOneBefore() {
        Instant openedAt = Instant.parse("2026-01-02T03:04:05.678Z");
        SessionId id = new SessionId(UUID.randomUUID());
        SessionView last = new SessionView(id, openedAt, openedAt, null, false);
        assertThat(SessionPage.Start.of(SessionPage.Start.after(last)))
                .isEqualTo(new SessionPage.Start(openedAt, id.value()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "%", "sessions:", "sessions:1", "inbox:1:x", "sessions:9999999999999999:x", "sessions::"})
    void aCursorOfSomethingElseIsRefused(String plain) {
        String before = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        for (String text : new String[] {plain, before}) {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> SessionPage.Start.of(text))
                    .matches(refused -> "before".equals(refused.rejection().field()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "many", ""})
    void aLimitIsBounded(String limit) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> SessionPage.limit(limit))
                .matches(refused -> "limit".equals(refused.rejection().field()));
    }

    @Test
    void aClientIsKnownByAtMost200Characters() {
        assertThat(Visitor.client("x".repeat(300))).hasSize(200);
        assertThat(Visitor.client(" curl/8 ")).isEqualTo("curl/8");
        assertThat(Visitor.client(" ")).isNull();
        assertThat(Visitor.client("a\u0000b")).isNull();
        assertThat(Visitor.client(null)).isNull();
    }

    @Test
    void theLastUseIsKnownMorePreciselyTheSoonerSessionsExpire() {
        assertThat(Sessions.precision(Duration.ofDays(30))).isEqualTo(Duration.ofHours(1));
        assertThat(Sessions.precision(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(30));
    }
}
