package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.batch.Recorded;
import dev.parley.testing.Room;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortionsTest {

    @Test
    void manyShortFactsAreDividedByTheirNumber() {
        assertThat(sizes(Stream.generate(() -> 70).limit(2_600).toList())).containsExactly(1_250, 1_250, 100);
    }

    @Test
    void longOnesByTheirLength() {
        assertThat(sizes(List.of(400_000, 600_000, 1, 2_000_000, 1, 1))).containsExactly(2, 1, 1, 2);
    }

    @Test
    void noneAreNoPortion() {
        assertThat(sizes(List.of())).isEmpty();
    }

    private static List<Integer> sizes(List<Integer> lengths) {
        List<Recorded<ConversationEvent>> facts =
                lengths.stream().map(PortionsTest::saying).toList();
        List<List<Recorded<ConversationEvent>>> portions = Portions.of(facts);
        assertThat(portions.stream().flatMap(List::stream)).containsExactlyElementsOf(facts);
        return portions.stream().map(List::size).toList();
    }

    private static Recorded<ConversationEvent> saying(int length) {
        UUID id = UUID.randomUUID();
        MessageSent sent = new MessageSent(
                new ConversationId(id),
                Room.newMessage(),
                new AccountId(id),
                "a".repeat(length),
                null,
                List.of(),
                List.of(),
                Instant.EPOCH);
        return new Recorded<>(sent, 0, 0, Instant.EPOCH);
    }
}
