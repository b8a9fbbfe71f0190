package dev.parley.delivery.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.ConversationId;
import java.util.BitSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeletionsTest {

    private static final ConversationId TALK = new ConversationId(new UUID(1, 2));

    private final Table table = new Table();
    private final Deletions deletions = new Deletions(table, 8, 3);

    /// The rows of one conversation.
    private static final class Table implements DeletionStore {
        final BitSet rows = new BitSet();
        long position = 100;
        int questions;

        @Override
        public long position() {
            return position;
        }

        @Override
        public BitSet deleted(ConversationId conversation, long first, int count) {
            questions++;
            return rows.get((int) first, (int) first + count);
        }

        @Override
        public void delete(ConversationId conversation, long message, long position) {
            rows.set((int) message);
        }

        @Override
        public void clear(long position) {
            rows.clear();
        }
    }

    @Test
    void millionDeletionsOfOneConversationAreAskedByThePageAndNotKept() {
        table.rows.set(0, 1_000_000);
        deletions.startAfter(100);
        for (long message = 0; message < 1_000_000; message++) {
            assertThat(deletions.isDeleted(TALK, message)).isTrue();
        }
        assertThat(deletions.isDeleted(TALK, 1_000_000)).isFalse();
        assertThat(table.questions).isEqualTo(1_000_000 / Deletions.PAGE + 1);
        assertThat(deletions.size()).isEqualTo(8);
    }

    @Test
    void projectionBehindTheNodesBeginningIsWaitedFor() {
        deletions.startAfter(200);
        assertThatThrownBy(() -> deletions.isDeleted(TALK, 1)).isInstanceOf(IllegalStateException.class);
        table.position = 200;
        table.rows.set(1);
        assertThat(deletions.isDeleted(TALK, 1)).isTrue();
    }

    @Test
    void whatTheTailBringsIsKnownBeforeTheProjectionHasIt() {
        deletions.startAfter(100);
        deletions.deleted(TALK, 5, 101);
        assertThat(deletions.isDeleted(TALK, 5)).isTrue();
        assertThat(deletions.isDeleted(TALK, 6)).isFalse();
        deletions.deleted(TALK, 6, 102);
        assertThat(deletions.isDeleted(TALK, 6)).isTrue();
        assertThat(table.questions).isOne();
    }

    @Test
    void moreThanItKeepsFromTheTailIsAskedOfTheTable() {
        deletions.startAfter(100);
        for (int i = 0; i < 4; i++) {
            deletions.deleted(TALK, i, 101 + i);
        }
        assertThatThrownBy(() -> deletions.isDeleted(TALK, 0)).isInstanceOf(IllegalStateException.class);
        table.rows.set(0);
        table.position = 101;
        for (int i = 0; i < 4; i++) {
            assertThat(deletions.isDeleted(TALK, i)).isTrue();
        }
    }

    @Test
    void clearingEmptiesIt() {
        deletions.startAfter(100);
        deletions.deleted(TALK, 5, 101);
        assertThat(deletions.isDeleted(TALK, 5)).isTrue();
        deletions.cleared(102);
        assertThat(deletions.size()).isZero();
        table.position = 102;
        assertThat(deletions.isDeleted(TALK, 5)).isFalse();
    }
}
