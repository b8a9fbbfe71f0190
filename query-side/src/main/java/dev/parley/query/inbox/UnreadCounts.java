package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.query.FindUnread;
import dev.parley.messages.query.Unread;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.progress.ProjectionProgress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.queryhandling.QueryExecutionException;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// In how many conversations accounts have something unread, as the badge of an app shows it: those that
/// [InboxReader] lists with `unread` above zero and, where muted, with `mentions`.
///
/// Queries wait on virtual threads of their own, so that an inbox that is behind keeps no other query of this node
/// from being answered.
@Component
class UnreadCounts implements DisposableBean {

    private static final int MOST_ACCOUNTS = 1_000;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final String COUNT = """
            select a.id, count(u.account)
            from query_side.account a left join (
                select m.account
                from query_side.member m
                    join query_side.conversation c on c.id = m.conversation and c.sent > m.read_sent
                    left join query_side.mark k on k.conversation = m.conversation and k.account = m.account
                        and k.muted and coalesce(k.muted_until > now(), true)
                where m.account = any (?) and m.to_position is null
                    and (k.account is null or exists (
                        select 1 from query_side.mention n
                        where n.account = m.account and n.conversation = m.conversation))
            ) u on u.account = a.id
            where a.id = any (?)
            group by a.id""";

    private final JdbcClient jdbc;
    private final ProjectionProgress progress;
    private final ExecutorService queries = Executors.newVirtualThreadPerTaskExecutor();

    UnreadCounts(JdbcClient jdbc, ProjectionProgress progress, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.progress = progress;
    }

    /// Waits at most 500 ms for the position, then counts what there is.
    ///
    /// @throws QueryExecutionException for more than 1,000 accounts, with a rejection `invalid` as its details
    @QueryHandler
    CompletableFuture<Unread> on(FindUnread query) {
        if (query.accounts().size() > MOST_ACCOUNTS) {
            String detail = "At most 1,000 accounts can be asked for";
            throw new QueryExecutionException(detail, null, Rejection.invalid("accounts", detail));
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    long reached = progress.approach(QuerySideConfiguration.INBOX, query.position(), PATIENCE);
                    return new Unread(count(query.accounts()), reached);
                },
                queries);
    }

    List<Unread.Count> count(Set<AccountId> accounts) {
        UUID[] keys = accounts.stream().map(AccountId::value).toArray(UUID[]::new);
        return jdbc.sql(COUNT)
                .params(keys, keys)
                .query((row, n) -> new Unread.Count(new AccountId(row.getObject(1, UUID.class)), row.getInt(2)))
                .list();
    }

    @Override
    public void destroy() {
        queries.shutdownNow();
    }
}
