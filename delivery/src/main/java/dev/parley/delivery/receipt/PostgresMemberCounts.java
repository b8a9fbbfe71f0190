package dev.parley.delivery.receipt;

import dev.parley.messages.ConversationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts open stretches of the table `delivery.membership`.
public final class PostgresMemberCounts implements MemberCounts {

    private final JdbcClient jdbc;

    public PostgresMemberCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<ConversationId, Integer> upTo(int limit, Collection<ConversationId> conversations) {
        Map<ConversationId, Integer> counts = HashMap.newHashMap(conversations.size());
        RowCallbackHandler note =
                row -> counts.put(new ConversationId(row.getObject("conversation", UUID.class)), row.getInt("members"));
        jdbc.sql("""
                        select asked.conversation, (
                            select count(*) from (
                                select 1 from delivery.membership
                                where membership.conversation = asked.conversation and to_position is null
                                limit :limit) as counted) as members
                        from unnest(:conversations) as asked (conversation)
                        """)
                .param("limit", limit)
                .param(
                        "conversations",
                        conversations.stream().map(ConversationId::value).toArray(UUID[]::new))
                .query(note);
        return counts;
    }
}
