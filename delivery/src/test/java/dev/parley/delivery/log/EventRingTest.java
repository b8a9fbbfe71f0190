package dev.parley.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.ConversationId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventRingTest {

    private static final ConversationId ANY = new ConversationId(new UUID(1, 2));

    private static LogEntry entry(long position) {
        return new LogEntry(position, ANY, position, null, null, "x".repeat(10));
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
