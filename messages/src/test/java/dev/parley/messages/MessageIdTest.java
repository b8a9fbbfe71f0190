package dev.parley.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageIdTest {

    @Test
    void keepsTheTimeItWasMadeAt() {
        MessageId id = MessageId.at(1_100_480_400_123L, UUID.randomUUID());
        assertThat(id.unixMillis()).isEqualTo(1_100_480_400_123L);
        assertThat(MessageId.of(id.toString())).isEqualTo(id);
    }

    @Test
    void isOfVersionSevenOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageId(UUID.randomUUID()));
    }
}
