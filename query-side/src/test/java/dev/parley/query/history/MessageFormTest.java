package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who changes what documents are like is told to count [MessageForms#FORM] up: otherwise indexes of before would be
/// taken for those of now.
class MessageFormTest {

    private static final List<String> BODIES = List.of(
            "Grüße aus node.js! https://example.org/a?b=c",
            "İstanbul ılık, straße, ﬁne",
            "Ὀδυσσεύς και ΣΊΣΥΦΟΣ, Ёлка",
            "العَرَبِيَّة و עִבְרִית",
            "हिन्दी में क्या",
            "東京都の京都、ﾊﾝｶｸ、한국어를",
            "สวัสดีครับ ພາສາລາວ",
            "👍🏽 qwen3.6 foo_bar l'hotel wi-fi x\u0000y");

    @Test
    void documentsOfThisFormAreAsTheyWere() throws Exception {
        StringBuilder documents = new StringBuilder();
        for (String body : BODIES) {
            MessageSent sent = new MessageSent(
                    new ConversationId(new UUID(1, 1)),
                    new MessageId(UUID.fromString("0192d3a0-0000-7000-8000-000000000001")),
                    new AccountId(new UUID(2, 2)),
                    body,
                    null,
                    List.of(new AccountId(new UUID(3, 3))),
                    List.of(),
                    Instant.EPOCH);
            documents.append(MessageForms.of(sent, 7, 3)).append('\n');
        }
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(documents.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest, 0, 8))
                .as("Documents changed: count MessageForms.FORM up, and put their new digest here")
                .isEqualTo("1f2045f0dc46cdac");
        assertThat(MessageForms.FORM).isEqualTo(1);
    }
}
