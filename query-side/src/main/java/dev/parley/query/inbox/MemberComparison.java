package dev.parley.query.inbox;

import dev.parley.query.rebuild.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/// Compares the rows of members, their marks and their mentions with what is expected of each
/// ([ExpectedMembers]). Runs of sent messages, by which reading is counted, are compared by their sums before.
final class MemberComparison {

    private static final String WHICH = "--which--";

    private static final String MEMBERS = """
            select conversation
            from (select conversation, account, role, coalesce((
                        select least(run.before + e.read_to - run.first_seq + 1, coalesce(
                            (select next.before from query_side.sent_run next
                                where next.conversation = e.conversation and next.first_seq > run.first_seq
                                order by next.first_seq limit 1),
                            c.sent))
                        from query_side.sent_run run
                        where run.conversation = e.conversation and run.first_seq <= e.read_to
                        order by run.first_seq desc limit 1), 0) as read_sent
                    from query_side.expected_member e join query_side.expected_conversation c using (conversation)
                    where role is not null and --which--) e
                full join (select * from query_side.member where to_position is null and --which--) m
                    using (conversation, account)
            where (e.role, e.read_sent) is distinct from (m.role, m.read_sent)""";

    private static final String MARKS = """
            select conversation
            from (select * from query_side.expected_member where marked and --which--) e
                full join (select * from query_side.mark where --which--) m using (conversation, account)
            where (e.delivered_seq, e.read_seq, e.shared, e.muted, e.muted_until)
                is distinct from (m.delivered_seq, m.read_seq, m.shared, m.muted, m.muted_until)""";

    private static final String MENTIONS = """
            select conversation
            from (select x.*, true as there from query_side.expected_mention x
                        left join query_side.expected_member e using (conversation, account)
                    where x.seq > coalesce(e.answered_to, -1) and --which--) e
                full join (select m.*, true as there from query_side.mention m where --which--) m
                    using (conversation, account, seq)
            where e.there is null or m.there is null""";

    private static final String ALL = "select distinct conversation::text from (" + MEMBERS + " union all " + MARKS
            + " union all " + MENTIONS + ") differing order by 1 limit " + Verification.SHOWN;

    private final JdbcTemplate jdbc;

    MemberComparison(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Verification all() {
        return new Verification(0, jdbc.queryForList(ALL.replace(WHICH, "true"), String.class));
    }

    /// Those of these conversations.
    Verification of(List<UUID> conversations) {
        String sql = ALL.replace(WHICH, "conversation = any (?)");
        List<Object> parameters = new ArrayList<>();
        for (int at = sql.indexOf('?'); at >= 0; at = sql.indexOf('?', at + 1)) {
            parameters.add(conversations.toArray(UUID[]::new));
        }
        return new Verification(0, jdbc.queryForList(sql, String.class, parameters.toArray()));
    }
}
