package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void idsRiseAndTellTheirTime() {
        long before = System.currentTimeMillis();
        UUID last = MessageIds.next();
        assertThat(last.version()).isEqualTo(7);
        assertThat(last.variant()).isEqualTo(2);
        assertThat(last.getMostSignificantBits() >>> 16).isBetween(before, before + 10_000);
        for (int i = 0; i < 100_000; i++) {
            UUID next = MessageIds.next();
            assertThat(next.toString()).isGreaterThan(last.toString());
            last = next;
        }
    }
}
