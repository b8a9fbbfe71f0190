package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwedMessageTest {

    @Test
    void aLongBodyIsCutBetweenCodePoints() {
        String excerpt = owed("👋".repeat(300)).excerpt();
        assertThat(excerpt.codePoints()).hasSize(200);
        assertThat(excerpt).endsWith("👋…");
    }

    @Test
    void aShortBodyIsWhole() {
        assertThat(owed("Grüße").excerpt()).isEqualTo("Grüße");
    }

    private static OwedMessage owed(String body) {
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        return new OwedMessage(
                new MessageSent(
                        new ConversationId(UUID.randomUUID()),
                        MessageId.at(1, UUID.randomUUID()),
                        new AccountId(UUID.randomUUID()),
                        body,
                        at),
                1,
                at.plusSeconds(60));
    }
}
