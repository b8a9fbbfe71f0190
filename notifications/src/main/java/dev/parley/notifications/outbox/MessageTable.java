package dev.parley.notifications.outbox;

import static dev.parley.notifications.Sql.at;
import static dev.parley.notifications.Sql.column;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `notifications.message`: what was said, once for all rows about it, as it is now. Every method is one round trip in
/// the caller's transaction; rows are locked in the order of their keys, so that two readers never wait in a ring.
@Component
public class MessageTable {

    private final JdbcClient jdbc;
    private final Clock clock;

    MessageTable(JdbcClient jdbc, Clock clock, NotificationsSchema schema) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @param body as it is since the edit
    /// @param position of the edit
    public record Edited(ConversationId conversation, MessageId message, String body, long position) {}

    /// Keeps the beginning of messages that rows were added for. What an edit or a deletion said before stays.
    ///
    /// @param added how many rows, one entry a message
    void owed(Map<OwedMessage, Long> added) {
        if (added.isEmpty()) {
            return;
        }
        var entries = List.copyOf(added.entrySet());
        jdbc.sql("""
                insert into notifications.message as m
                    (conversation, message, sender, excerpt, eligible, position, created_at)
                select *, ? from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::bigint[])
                    o (conversation, message, sender, excerpt, eligible, position) order by 1, 2
                on conflict (conversation, message) do update set
                    sender = excluded.sender,
                    excerpt = case when m.edited_at is null and m.deleted_at is null then excluded.excerpt
                        else m.excerpt end,
                    eligible = m.eligible + excluded.eligible""")
                .param(at(clock.instant()))
                .param(column(entries, entry -> entry.getKey().sent().conversation()))
                .param(column(entries, entry -> entry.getKey().sent().message()))
                .param(column(entries, entry -> entry.getKey().sent().sender()))
                .param(column(entries, entry -> Excerpt.of(entry.getKey().sent().body())))
                .param(column(entries, Map.Entry::getValue))
                .param(column(entries, entry -> entry.getKey().position()))
                .update();
    }

    /// What is said now. A message that was deleted stays so.
    ///
    /// @param edits at most one a message
    public void edit(Collection<Edited> edits) {
        if (edits.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into notifications.message as m (conversation, message, excerpt, edited_at, position, created_at)
                select *, e.edited_at, ? from unnest(?::uuid[], ?::uuid[], ?::text[], ?::bigint[])
                    e (conversation, message, excerpt, edited_at) order by 1, 2
                on conflict (conversation, message) do update
                set excerpt = excluded.excerpt, edited_at = excluded.edited_at
                where m.deleted_at is null and coalesce(m.edited_at, -1) < excluded.edited_at""")
                .param(at(clock.instant()))
                .param(column(edits, Edited::conversation))
                .param(column(edits, Edited::message))
                .param(column(edits, edit -> Excerpt.of(edit.body())))
                .param(column(edits, Edited::position))
                .update();
    }

    /// Forgets what was said; rows about it are not sent any more.
    ///
    /// @param deletions at most one a message
    public void delete(Collection<Withdrawn> deletions) {
        if (deletions.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into notifications.message as m (conversation, message, deleted_at, position, created_at)
                select *, d.deleted_at, ? from unnest(?::uuid[], ?::uuid[], ?::bigint[])
                    d (conversation, message, deleted_at) order by 1, 2
                on conflict (conversation, message) do update
                set excerpt = null, deleted_at = coalesce(m.deleted_at, excluded.deleted_at)""")
                .param(at(clock.instant()))
                .param(column(deletions, Withdrawn::conversation))
                .param(column(deletions, Withdrawn::message))
                .param(column(deletions, Withdrawn::position))
                .update();
    }

    /// Forgets what was said before a position.
    void clear(long position) {
        jdbc.sql("delete from notifications.message where position < ?")
                .param(position)
                .update();
    }

    /// Forgets what was said in messages that nobody is rung for any more, and messages that no row is about.
    ///
    /// @param unsaid before this time messages have expired
    /// @param before when what no row is about was first kept
    void forget(Instant unsaid, Instant before) {
        jdbc.sql("""
                update notifications.message m set excerpt = null
                where m.excerpt is not null and m.created_at < ? and not exists (
                    select 1 from notifications.outbox o where o.message = m.message and o.state = 'due')""").param(at(unsaid)).update();
        jdbc.sql("""
                delete from notifications.message m where m.created_at < ? and not exists (
                    select 1 from notifications.outbox o where o.message = m.message)""").param(at(before)).update();
    }
}
