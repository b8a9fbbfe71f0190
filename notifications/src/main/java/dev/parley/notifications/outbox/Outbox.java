package dev.parley.notifications.outbox;

import static dev.parley.notifications.Sql.at;
import static dev.parley.notifications.Sql.column;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where the policy puts the pushes that are owed, in its own transaction.
@Component
public class Outbox {

    /// Rows a statement: arrays of this length stay small.
    private static final int CHUNK = 5_000;

    private static final String RING = """
            with added as (
                insert into notifications.outbox (id, account, device, message, conversation, seq, position, cause,
                    found, mentioned, due_at, expires_at, created_at)
                select gen_random_uuid(), push.account, push.device, m.message, m.conversation, m.seq, m.position,
                    'message', ?, push.mentioned, ?, m.expires_at, ?
                from unnest(?::uuid[], ?::text[], ?::bigint[], ?::boolean[])
                    push (account, device, position, mentioned)
                join unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::timestamptz[])
                    m (message, conversation, seq, position, expires_at) on m.position = push.position
                on conflict (account, device, conversation, seq, cause) do nothing returning position)
            select position, count(*) from added group by position""";

    private static final String CLEAR = """
            with gone as (delete from notifications.outbox where position < ? returning state, cause)
            select count(*) from gone where state = 'due' and cause = 'message'""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final OutboxSignal signal;
    private final MessageTable messages;
    private final Tally tally;

    Outbox(JdbcClient jdbc, Clock clock, OutboxSignal signal, MessageTable messages, Tally tally) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.signal = signal;
        this.messages = messages;
        this.tally = tally;
    }

    /// Adds a row for each pair that has none, in the caller's transaction, four round trips for 5,000 pairs.
    ///
    /// @param found [Found#ABSENT] or [Found#SILENT]
    /// @return how many were added
    public long ring(List<OwedPush> owed, Found found) {
        long all = 0;
        for (int from = 0; from < owed.size(); from += CHUNK) {
            all += ringChunk(owed.subList(from, Math.min(from + CHUNK, owed.size())), found);
        }
        return all;
    }

    private long ringChunk(List<OwedPush> owed, Found found) {
        Map<Long, OwedMessage> messagesAt = new LinkedHashMap<>();
        owed.forEach(push -> messagesAt.put(push.message().position(), push.message()));
        List<OwedMessage> distinct = new ArrayList<>(messagesAt.values());
        Map<OwedMessage, Long> added = new HashMap<>();
        jdbc.sql(RING)
                .param(found.text())
                .param(at(clock.instant()))
                .param(at(clock.instant()))
                .param(column(owed, push -> push.device().account()))
                .param(column(owed, push -> push.device().device()))
                .param(column(owed, push -> push.message().position()))
                .param(column(owed, OwedPush::mentioned))
                .param(column(distinct, message -> message.sent().message()))
                .param(column(distinct, message -> message.sent().conversation()))
                .param(column(distinct, OwedMessage::seq))
                .param(column(distinct, OwedMessage::position))
                .param(column(distinct, OwedMessage::expires))
                .query((row, n) -> added.put(messagesAt.get(row.getLong(1)), row.getLong(2)))
                .list();
        messages.owed(added);
        long count = added.values().stream().mapToLong(Long::longValue).sum();
        tally.owed(count);
        return count;
    }

    /// Forgets what is from before a position, ended rows too, in the caller's transaction, three round trips.
    public void clear(long position) {
        tally.cleared(jdbc.sql(CLEAR).param(position).query(Long.class).single());
        messages.clear(position);
    }

    /// Wakes this node's worker. To be called once the transaction that added rows has committed.
    public void added() {
        signal.wake();
    }
}
