package dev.parley.notifications.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.gateway.PushNotification.Alert;
import dev.parley.notifications.gateway.PushNotification.Urgency;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApnsRequestTest {

    /// Apple: 4,096 bytes for all but Voice over IP.
    private static final int MOST = 4_096;

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\\", "\u0001", "\u4e16", "\uD83D\uDC4B", "\u2028"})
    void theLongestTextsOfAnyScriptFit(String character) {
        PushNotification push = new PushNotification(
                UUID.randomUUID(),
                new PushTarget(Platform.APNS, "ab".repeat(32), null, null, Instant.now()),
                new PushNotification.Subject(
                        MessageId.at(1, UUID.randomUUID()),
                        new ConversationId(UUID.randomUUID()),
                        Long.MAX_VALUE,
                        Long.MAX_VALUE),
                new Alert(character.repeat(100), character.repeat(200), Urgency.MENTION, Integer.MAX_VALUE),
                Instant.now());
        String payload = ApnsRequest.of(push, "dev.parley.test").getPayload();
        assertThat(payload.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MOST);
    }
}
