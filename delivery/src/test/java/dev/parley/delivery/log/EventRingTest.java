package dev.parley.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.frames.EventFrames;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventRingTest {

    private static final ConversationId ANY = new ConversationId(new UUID(1, 2));

    private static LogEntry entry(long position) {
        return new LogEntry(position, ANY, position, Bearing.NONE, "x".repeat(10));
    }

    @Test
    void positionsAreFoundBetweenGaps() {
        EventRing ring = new EventRing(8, 1 << 20);
        ring.startAfter(40);
        ring.append(entry(41));
        ring.append(entry(44));
        ring.advance(46);
        assertThat(ring.find(44)).isEqualTo(entry(44));
        assertThat(ring.find(43)).isNull();
        assertThat(ring.at(ring.ordinalAfter(41))).isEqualTo(entry(44));
        assertThat(ring.ordinalAfter(44)).isEqualTo(ring.next());
        assertThat(ring.head()).isEqualTo(46);
        assertThat(ring.covers(40)).isTrue();
        assertThat(ring.covers(39)).isFalse();
    }

    @Test
    void oldestFallOutByNumberAndBySize() {
        EventRing few = new EventRing(3, 1 << 20);
        EventRing small = new EventRing(100, 3 * entry(0).weight());
        for (EventRing ring : new EventRing[] {few, small}) {
            ring.startAfter(-1);
            for (int i = 0; i < 10; i++) {
                ring.append(entry(i));
            }
            assertThat(ring.size()).isEqualTo(3);
            assertThat(ring.find(6)).isNull();
            assertThat(ring.find(7)).isNotNull();
            assertThat(ring.covers(6)).isTrue();
            assertThat(ring.covers(5)).isFalse();
            assertThat(ring.bytes()).isEqualTo(3 * entry(0).weight());
        }
    }

    @Test
    void oneEventLargerThanTheRingIsKept() {
        EventRing ring = new EventRing(4, 1);
        ring.startAfter(-1);
        ring.append(entry(0));
        ring.append(entry(1));
        assertThat(ring.find(1)).isNotNull();
        assertThat(ring.covers(0)).isTrue();
        assertThat(ring.covers(-1)).isFalse();
    }

    private static final ConversationId OTHER = new ConversationId(new UUID(1, 3));
    private static final AccountId ANN = new AccountId(new UUID(3, 3));
    private static final MessageId ID = MessageId.at(1, new UUID(4, 4));

    private static LogEntry said(long position, long seq, ConversationEvent fact) {
        return new LogEntry(
                position, fact.conversation(), seq, Bearing.of(fact, seq), EventFrames.encode(position, seq, fact));
    }

    @Test
    void deletedMessageAndItsEditsSayNothingAnyMore() {
        EventRing ring = new EventRing(8, 1 << 20);
        ring.startAfter(9);
        ring.append(said(10, 4, new MessageSent(ANY, ID, ANN, "tea", Instant.EPOCH)));
        ring.append(said(11, 4, new MessageSent(OTHER, ID, ANN, "milk", Instant.EPOCH)));
        ring.append(said(12, 5, new MessageEdited(ANY, ID, 4, ID, ANN, "green tea", List.of(ANN), Instant.EPOCH)));
        ring.append(said(13, 6, new MessageSent(ANY, ID, ANN, "sugar", Instant.EPOCH)));
        long before = ring.bytes();
        ring.redact(ANY, 4);
        assertThat(ring.find(10).frame())
                .isEqualTo("{\"type\":\"event\",\"position\":10,\"conversation\":\"" + ANY
                        + "\",\"seq\":4,\"at\":\"1970-01-01T00:00:00.000Z\",\"event\":\"message\",\"data\":{\"id\":\""
                        + ID + "\",\"sender\":\"" + ANN + "\",\"deleted\":true}}");
        assertThat(ring.find(12).frame()).contains("\"deleted\":true").doesNotContain("tea", "mentions");
        assertThat(ring.find(11).frame()).contains("milk");
        assertThat(ring.find(13).frame()).contains("sugar");
        long weights = 0;
        for (long position = 10; position < 14; position++) {
            weights += ring.find(position).weight();
        }
        assertThat(ring.bytes()).isEqualTo(weights).isLessThan(before);
        ring.redact(ANY, 2);
        assertThat(ring.find(13).frame()).contains("sugar");
    }

    @Test
    void readerBesideTheWriterNeverSkips() throws InterruptedException {
        EventRing ring = new EventRing(16, 1 << 20);
        ring.startAfter(-1);
        int last = 200_000;
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < last; i++) {
                ring.append(entry(i));
            }
            done.set(true);
        });
        long cursor = -1;
        long lost = 0;
        while (cursor < last - 1) {
            long ordinal = ring.ordinalAfter(cursor);
            if (!ring.covers(cursor)) {
                cursor = Math.max(cursor, ring.head() - 8); // as catch-up would
                lost++;
                continue;
            }
            LogEntry entry = ring.at(ordinal);
            while (entry != null) {
                assertThat(entry.position()).isEqualTo(cursor + 1);
                cursor = entry.position();
                entry = ring.at(++ordinal);
            }
        }
        writer.join();
        assertThat(done).isTrue();
        assertThat(lost).isNotNegative();
    }
}
