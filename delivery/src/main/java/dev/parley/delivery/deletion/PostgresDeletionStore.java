package dev.parley.delivery.deletion;

import dev.parley.messages.ConversationId;
import java.util.BitSet;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table `delivery.deleted`.
public final class PostgresDeletionStore implements DeletionStore {

    private final JdbcClient jdbc;
    private final LongSupplier projected;

    /// @param projected how far the projection that keeps the table is
    public PostgresDeletionStore(JdbcClient jdbc, LongSupplier projected) {
        this.jdbc = jdbc;
        this.projected = projected;
    }

    @Override
    public long position() {
        return projected.getAsLong();
    }

    @Override
    public BitSet deleted(ConversationId conversation, long first, int count) {
        BitSet found = new BitSet();
        RowCallbackHandler note = row -> found.set((int) (row.getLong("message") - first));
        jdbc.sql("""
                        select message from delivery.deleted
                        where conversation = :conversation and message >= :first and message < :end
                        """)
                .param("conversation", conversation.value())
                .param("first", first)
                .param("end", first + count)
                .query(note);
        return found;
    }

    @Override
    public void delete(ConversationId conversation, long message, long position) {
        jdbc.sql("""
                        insert into delivery.deleted (conversation, message, position)
                        values (:conversation, :message, :position)
                        on conflict do nothing
                        """)
                .param("conversation", conversation.value())
                .param("message", message)
                .param("position", position)
                .update();
    }

    @Override
    public void clear(long position) {
        jdbc.sql("delete from delivery.deleted where position < :position")
                .param("position", position)
                .update();
    }
}
