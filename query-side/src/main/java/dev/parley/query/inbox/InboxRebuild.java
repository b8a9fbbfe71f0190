package dev.parley.query.inbox;

import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.Generation;
import dev.parley.query.rebuild.Rebuildable;
import dev.parley.query.rebuild.Verification;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Builds inboxes anew. Compared with the log are, by conversation, its facts, its messages, runs of
/// them and who came and went when; of each member its role, what it has read, its marks and its
/// mentions; and the user name of each account.
@Component
class InboxRebuild implements Rebuildable {

    private static final String EXPECTED = "expected_inbox";

    private static final String ACTUAL = """
            select id::text as key, 'facts' as kind, last_seq + 1 as n, 0::bigint as hash from query_side.conversation
            union all select id::text, 'sent', sent, 0 from query_side.conversation
            union all select id::text, 'imported', imported, 0 from query_side.conversation
            union all select conversation::text, 'joined', count(*), sum(%s)::bigint
                from query_side.member group by conversation
            union all select conversation::text, 'left', count(*), sum(%s)::bigint
                from query_side.member where to_position is not null group by conversation
            union all select conversation::text, 'runs', count(*), sum(%s)::bigint
                from query_side.sent_run group by conversation
            union all select id::text, 'account', 1, %s from query_side.account""".formatted(
                    ExpectedSums.hash("account::text || ' ' || from_position"),
                    ExpectedSums.hash("account::text || ' ' || to_position"),
                    ExpectedSums.hash("first_seq || ' ' || before"),
                    ExpectedSums.hash("username"));

    private final QuerySideSchema schema;

    InboxRebuild(QuerySideSchema schema) {
        this.schema = schema;
    }

    @Override
    public String projection() {
        return QuerySideConfiguration.INBOX;
    }

    @Override
    public List<String> tables() {
        return List.of("account", "conversation", "member", "sent_run", "mark", "mention");
    }

    @Override
    public List<Expectation> expectations() {
        return Stream.concat(Stream.of(ExpectedSums.table(EXPECTED)), ExpectedMembers.TABLES.stream())
                .toList();
    }

    @Override
    public String shape() {
        return "2";
    }

    @Override
    public boolean keeps(Class<?> fact) {
        return ConversationEvent.class.isAssignableFrom(fact)
                || MemberEvent.class.isAssignableFrom(fact)
                || ApplicationEvent.class.isAssignableFrom(fact)
                || fact == AccountRegistered.class;
    }

    @Override
    public Generation generation(int number, JdbcTemplate next) {
        return new NextInbox(next);
    }

    private final class NextInbox implements Generation {

        private final Clears clears;
        private final InboxProjection projection;
        private final ExpectedSums expected;
        private final ExpectedMembers members;
        private final MemberComparison comparison;

        NextInbox(JdbcTemplate next) {
            this.clears = new Clears(JdbcClient.create(next), schema);
            InboxTables tables = new InboxTables(
                    next,
                    new MemberTable(next, schema),
                    new MarkTable(next, schema),
                    new MentionTable(next, schema),
                    schema);
            this.projection = new InboxProjection(tables, clears);
            this.expected = new ExpectedSums(next, EXPECTED);
            this.members = new ExpectedMembers(next, expected);
            this.comparison = new MemberComparison(next);
        }

        @Override
        public void write(List<Recorded<Fact>> facts) {
            expected.restart();
            projection.write(facts);
            // Nothing is new to it: the projection has just been there.
            Clear clear = clears.apply(projection(), List.of(), () -> {});
            if (facts.stream().anyMatch(recorded -> recorded.fact() instanceof ApplicationCleared)) {
                expected.clear();
                members.clear();
            }
            clear.after(AccountRegistered.class, facts)
                    .forEach(account -> expected.add(
                            account.fact().account(),
                            "account",
                            Storable.text(account.fact().username())));
            members.write(clear.after(Fact.class, facts));
            expected.write();
        }

        @Override
        public Verification verify() {
            return expected.verify(ACTUAL).and(comparison.all());
        }

        @Override
        public Verification verifyChanged() {
            List<UUID> changed =
                    expected.changed().stream().map(UUID::fromString).toList();
            return expected.verifyChanged(ACTUAL).and(comparison.of(changed));
        }
    }
}
