package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who may see what of which conversation.
///
/// Members of now see what was said while they were members, or all of it where the conversation's history is
/// visible to all. For who left, it stays as it was at the last leaving: nothing newer, and all of what is older only
/// if that was visible then. What members see changes with the conversation, so it is worked out when it is read.
@Component
public class Memberships {

    private static final String SELECT = """
            select m.conversation, seen.from_position, coalesce(m.to_position, 9223372036854775807),
                m.to_position is null, seen.from_position <= c.started_position
            from query_side.member m join query_side.conversation c on c.id = m.conversation
                cross join lateral (select case
                    when m.to_position is null and c.history = 'ALL' then c.started_position
                    when m.whole and not exists (
                        select 1 from query_side.member l where l.conversation = m.conversation
                            and l.account = m.account and l.from_position > m.from_position)
                        then c.started_position
                    else m.from_position end as from_position) seen
            where m.account = ?
            """;

    private final JdbcClient jdbc;

    Memberships(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// An interval of positions of which an account may see everything, both ends included: a time when it was a
    /// member, begun at the conversation's start where all of that is visible.
    ///
    /// @param to `Long.MAX_VALUE` for a member of now
    /// @param current a member of now
    /// @param fromTheStart nothing of the conversation is before it
    public record Interval(ConversationId conversation, long from, long to, boolean current, boolean fromTheStart) {}

    /// Every interval of the account in the conversation, at least one.
    ///
    /// @throws RejectedException `not-a-member` for who never was one; whether the conversation exists is not told
    public List<Interval> of(AccountId account, ConversationId conversation) {
        List<Interval> intervals = jdbc.sql(SELECT + "and m.conversation = ? order by seen.from_position")
                .params(account.value(), conversation.value())
                .query(Memberships::interval)
                .list();
        if (intervals.isEmpty()) {
            throw notAMember();
        }
        return intervals;
    }

    /// Every interval of a member of now.
    ///
    /// @throws RejectedException `not-a-member` for who is none now
    public List<Interval> current(AccountId account, ConversationId conversation) {
        List<Interval> intervals = of(account, conversation);
        if (intervals.stream().noneMatch(Interval::current)) {
            throw notAMember();
        }
        return intervals;
    }

    /// Every interval of the account in the conversations it is a member of now, those with the newest activity first.
    ///
    /// @param conversations at most as many
    public List<Interval> current(AccountId account, int conversations) {
        return jdbc.sql(SELECT + """
                 and m.conversation in (
                    select n.conversation from query_side.member n
                    join query_side.conversation d on d.id = n.conversation
                    where n.account = ? and n.to_position is null
                    order by d.last_position desc, d.id limit ?)
                 order by c.last_position desc, c.id, seen.from_position""")
                .params(account.value(), account.value(), conversations)
                .query(Memberships::interval)
                .list();
    }

    private static Interval interval(ResultSet row, int n) throws SQLException {
        return new Interval(
                new ConversationId(row.getObject(1, UUID.class)),
                row.getLong(2),
                row.getLong(3),
                row.getBoolean(4),
                row.getBoolean(5));
    }

    private static RejectedException notAMember() {
        return new RejectedException(RejectionCode.NOT_A_MEMBER, "You are not a member of this conversation");
    }
}
