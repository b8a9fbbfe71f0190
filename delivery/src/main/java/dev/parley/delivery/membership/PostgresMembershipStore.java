package dev.parley.delivery.membership;

import dev.parley.delivery.membership.Memberships.Stretch;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables `delivery.membership` and `delivery.cleared`, and the projection's token in `axon.token_entry`.
public final class PostgresMembershipStore implements MembershipStore {

    private final JdbcClient jdbc;
    private final ProjectionPosition position;

    public PostgresMembershipStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.position = new ProjectionPosition(jdbc);
    }

    @Override
    public long position() {
        return position.of(MembershipProjection.NAME);
    }

    @Override
    public List<Stretch> stretches(AccountId account, long endedAfter) {
        return jdbc.sql("""
                        select conversation, from_position, coalesce(to_position, :open) as ended
                        from delivery.membership
                        where account = :account and (to_position is null or to_position > :after)
                        """)
                .param("open", Memberships.OPEN)
                .param("account", account.value())
                .param("after", endedAfter)
                .query((row, number) -> new Stretch(
                        new ConversationId(row.getObject("conversation", UUID.class)),
                        row.getLong("from_position"),
                        row.getLong("ended")))
                .list();
    }

    @Override
    public void join(ConversationId conversation, Set<AccountId> accounts, long position) {
        jdbc.sql("""
                        insert into delivery.membership (conversation, account, from_position)
                        select :conversation, account, :position from unnest(:accounts) as account
                        on conflict do nothing
                        """)
                .param("conversation", conversation.value())
                .param("position", position)
                .param("accounts", accounts.stream().map(AccountId::value).toArray(UUID[]::new))
                .update();
    }

    @Override
    public void leave(ConversationId conversation, AccountId account, long position) {
        jdbc.sql("""
                        update delivery.membership set to_position = :position
                        where conversation = :conversation and account = :account
                          and to_position is null and from_position < :position
                        """)
                .param("position", position)
                .param("conversation", conversation.value())
                .param("account", account.value())
                .update();
    }

    /// Acknowledgements and claims that are being written are waited for, and later ones find the mark: see
    /// `PostgresCursorStore`.
    @Override
    public void clear(long position) {
        jdbc.sql("lock table delivery.cursor in share row exclusive mode").update();
        jdbc.sql("insert into delivery.cleared (position) values (:position) on conflict do nothing")
                .param("position", position)
                .update();
        jdbc.sql("lock table delivery.claim, delivery.presence in share row exclusive mode")
                .update();
        List.of("claim", "presence")
                .forEach(table -> jdbc.sql("delete from delivery." + table + " where position < :position")
                        .param("position", position)
                        .update());
        jdbc.sql("delete from delivery.cursor where position < :position")
                .param("position", position)
                .update();
        jdbc.sql("delete from delivery.membership where from_position < :position")
                .param("position", position)
                .update();
    }
}
