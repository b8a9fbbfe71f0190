package dev.parley.notifications.outbox;

import static dev.parley.notifications.Sql.column;

import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts the pairs that need no row, so that the reasons of all pairs sum to their total.
@Component
public class Deliveries {

    private static final String COUNT = """
            with pair as (
                select * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::bigint[])
                    p (account, device, conversation, message, seq)),
            fresh as (
                select conversation, message, count(*) as pairs from pair p where not exists (
                    select 1 from notifications.outbox o where o.account = p.account and o.device = p.device
                    and o.conversation = p.conversation and o.seq = p.seq and o.cause = 'message')
                group by 1, 2),
            known as (
                update notifications.message m
                set delivered = m.delivered + fresh.pairs, eligible = m.eligible + fresh.pairs
                from fresh where m.conversation = fresh.conversation and m.message = fresh.message)
            select coalesce(sum(pairs), 0) from fresh""";

    private final JdbcClient jdbc;
    private final Tally tally;

    Deliveries(JdbcClient jdbc, Tally tally, NotificationsSchema schema) {
        this.jdbc = jdbc;
        this.tally = tally;
    }

    /// Counts those that have no row as delivered, in the caller's transaction, two or three round trips.
    ///
    /// @param acknowledged pairs whose device has acknowledged the message
    public void count(List<OwedPush> acknowledged) {
        if (acknowledged.isEmpty()) {
            return;
        }
        long pairs = jdbc.sql(COUNT)
                .param(column(acknowledged, push -> push.device().account()))
                .param(column(acknowledged, push -> push.device().device()))
                .param(column(acknowledged, push -> push.message().sent().conversation()))
                .param(column(acknowledged, push -> push.message().sent().message()))
                .param(column(acknowledged, push -> push.message().seq()))
                .query(Long.class)
                .single();
        tally.delivered(pairs);
    }
}
