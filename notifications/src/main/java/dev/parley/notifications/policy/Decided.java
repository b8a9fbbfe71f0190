package dev.parley.notifications.policy;

import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Up to which position each reader has decided, in `notifications.decided`, written in the transaction
/// that stores the reader's token and adds its rows. A reader that is set back reads again but decides
/// nothing twice; a reader that starts for the first time ever has decided everything up to the store's
/// head.
@Component
class Decided {

    private final JdbcClient jdbc;

    Decided(JdbcClient jdbc, NotificationsSchema schema) {
        this.jdbc = jdbc;
    }

    /// Marks the first start, unless there was one before.
    ///
    /// @param head the last position in the store, -1 for none
    /// @return the head at the first start, or what `push-late` has decided since
    long begin(long head) {
        jdbc.sql("""
                insert into notifications.decided (reader, position) values (?, ?), (?, ?)
                on conflict (reader) do nothing""")
                .params(PushProcessors.PUSH, head, PushProcessors.PUSH_LATE, head)
                .update();
        return upTo(PushProcessors.PUSH_LATE).orElse(head);
    }

    /// The last position that a reader has decided on.
    ///
    /// @return empty if the reader never began
    OptionalLong upTo(String reader) {
        return jdbc.sql("select position from notifications.decided where reader = ?")
                .param(reader)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /// The last position that a reader had decided on before a batch. A reader without a mark has lost
    /// it: what it reads now is history to it.
    long before(FactBatch batch, String reader) {
        return upTo(reader).orElse(batch.last());
    }

    /// Moves forward, never back, in the caller's transaction.
    void advance(String reader, long position) {
        jdbc.sql("""
                insert into notifications.decided as d (reader, position) values (?, ?)
                on conflict (reader) do update set position = greatest(d.position, excluded.position)""").params(reader, position).update();
    }
}
