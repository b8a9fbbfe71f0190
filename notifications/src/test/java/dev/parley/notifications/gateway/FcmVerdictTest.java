package dev.parley.notifications.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.firebase.ErrorCode;
import com.google.firebase.messaging.MessagingErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every code of Google's tables, as `docs/push-providers.md` has it.
class FcmVerdictTest {

    private static final Path DOCS = Path.of("..", "docs", "push-providers.md");

    @ParameterizedTest
    @EnumSource(MessagingErrorCode.class)
    void everyCodeOfMessagingIsInTheTable(MessagingErrorCode code) throws IOException {
        String word = Verdicts.word(FcmVerdict.of(code, "", null));
        assertThat(lines()).anyMatch(line -> line.startsWith("| `" + code + "` | messaging | " + word + " |"));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeOfThePlatformIsInTheTable(ErrorCode code) throws IOException {
        String word = Verdicts.word(FcmVerdict.of(code, null));
        assertThat(lines()).anyMatch(line -> line.startsWith("| `" + code + "` | platform | " + word + " |"));
    }

    @Test
    void aMalformedTokenIsToldFromAMalformedMessage() {
        assertThat(FcmVerdict.of(
                        MessagingErrorCode.INVALID_ARGUMENT,
                        "The registration token is not a valid FCM registration token",
                        null))
                .isEqualTo(new PushResult.TokenGone("INVALID_ARGUMENT", null));
    }

    @Test
    void waitsAsLongAsItIsAsked() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(RetryAfter.of("120", now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.of("Mon, 23 Nov 2026 10:00:30 GMT", now)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Mon, 23 Nov 2026 09:00:00 GMT", now)).isZero();
        assertThat(RetryAfter.of("soon", now)).isNull();
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(DOCS);
    }
}
