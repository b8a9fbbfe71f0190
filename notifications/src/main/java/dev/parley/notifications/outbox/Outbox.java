package dev.parley.notifications.outbox;

import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where the policy puts the pushes that are owed.
@Component
public class Outbox {

    /// Rows a statement: arrays of this length stay small.
    private static final int CHUNK = 5_000;

    private static final String ADD = """
            insert into notifications.outbox (id, account, device, message, conversation, position, cause, title, excerpt,
                due_at, expires_at, created_at)
            select gen_random_uuid(), push.account, push.device, m.message, m.conversation, m.position, ?,
                concat_ws(' · ', sender.name, nullif(conversation.title, '')), m.excerpt, ?, m.expires_at, ?
            from unnest(?::uuid[], ?::text[], ?::uuid[]) push (account, device, message)
            join unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::text[], ?::timestamptz[])
                m (message, conversation, sender, position, excerpt, expires_at) on m.message = push.message
            left join notifications.account_name sender on sender.account = m.sender
            left join notifications.conversation_title conversation on conversation.conversation = m.conversation
            on conflict (account, device, conversation, message) do nothing""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final OutboxSignal signal;

    Outbox(JdbcClient jdbc, Clock clock, OutboxSignal signal, NotificationsSchema schema) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.signal = signal;
    }

    /// Adds a row for each pair that has none, in the caller's transaction, two round trips for 5,000 pairs.
    ///
    /// @return how many were added
    public int add(List<OwedPush> owed, Cause cause) {
        int added = 0;
        for (int from = 0; from < owed.size(); from += CHUNK) {
            added += addChunk(owed.subList(from, Math.min(from + CHUNK, owed.size())), cause);
        }
        return added;
    }

    /// Forgets the rows of messages from before a position, ended ones too, in the caller's transaction.
    public void clear(long position) {
        jdbc.sql("delete from notifications.outbox where position < ?")
                .param(position)
                .update();
    }

    /// Wakes this node's worker. To be called once the transaction that added rows has committed.
    public void added() {
        signal.wake();
    }

    private int addChunk(List<OwedPush> owed, Cause cause) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        List<OwedMessage> messages =
                List.copyOf(owed.stream().map(OwedPush::message).collect(Collectors.toCollection(LinkedHashSet::new)));
        return jdbc.sql(ADD)
                .param(cause.text())
                .param(now)
                .param(now)
                .param(texts(owed, push -> push.device().account()))
                .param(texts(owed, push -> push.device().device()))
                .param(texts(owed, push -> push.message().sent().message()))
                .param(texts(messages, message -> message.sent().message()))
                .param(texts(messages, message -> message.sent().conversation()))
                .param(texts(messages, message -> message.sent().sender()))
                .param(texts(messages, OwedMessage::position))
                .param(texts(messages, OwedMessage::excerpt))
                .param(texts(messages, OwedMessage::expires))
                .update();
    }

    private static <T> String[] texts(List<T> values, Function<T, Object> part) {
        return values.stream().map(value -> part.apply(value).toString()).toArray(String[]::new);
    }
}
