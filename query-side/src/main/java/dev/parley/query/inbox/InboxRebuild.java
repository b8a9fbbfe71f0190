package dev.parley.query.inbox;

import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.member.MemberEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.Generation;
import dev.parley.query.rebuild.Rebuildable;
import dev.parley.query.rebuild.Verification;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Builds inboxes anew. Compared with the log are, by conversation, its facts, its messages and its members of now, and
/// the user name of each account.
@Component
class InboxRebuild implements Rebuildable {

    private static final String EXPECTED = "expected_inbox";

    private static final String ACTUAL =
            """
            select id::text as key, 'facts' as kind, last_seq + 1 as n, 0::bigint as hash from query_side.conversation
            union all select id::text, 'sent', sent, 0 from query_side.conversation
            union all select id::text, 'imported', imported, 0 from query_side.conversation
            union all select conversation::text, 'members', count(*), sum(%s)::bigint
                from query_side.member where to_position is null group by conversation
            union all select id::text, 'account', 1, %s from query_side.account""".formatted(ExpectedSums.hash("account::text"), ExpectedSums.hash("username"));

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
        return List.of(ExpectedSums.table(EXPECTED));
    }

    @Override
    public String shape() {
        return "1";
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

        private final JdbcTemplate jdbc;
        private final Clears clears;
        private final InboxProjection projection;
        private final ExpectedSums expected;

        NextInbox(JdbcTemplate next) {
            this.jdbc = next;
            this.clears = new Clears(JdbcClient.create(next), schema);
            InboxTables tables = new InboxTables(
                    next,
                    new MemberTable(next, schema),
                    new MarkTable(next, schema),
                    new MentionTable(next, schema),
                    schema);
            this.projection = new InboxProjection(tables, clears);
            this.expected = new ExpectedSums(next, EXPECTED);
        }

        @Override
        public void begin() {}

        @Override
        public void write(List<Recorded<Fact>> facts) {
            expected.restart();
            projection.write(facts);
            // Nothing is new to it: the projection has just been there.
            Clear clear = clears.apply(projection(), List.of(), () -> {});
            if (facts.stream().anyMatch(recorded -> recorded.fact() instanceof ApplicationCleared)) {
                expected.clear();
            }
            clear.after(AccountRegistered.class, facts)
                    .forEach(account -> expected.add(
                            account.fact().account(), "account", account.fact().username()));
            List<Recorded<ConversationEvent>> events = clear.after(ConversationEvent.class, facts);
            Set<UUID> present = clear.happened() ? present(events) : Set.of();
            for (Recorded<ConversationEvent> recorded : events) {
                if (!clear.happened()
                        || present.contains(recorded.fact().conversation().value())) {
                    expect(recorded.fact());
                }
            }
            expected.write();
        }

        /// Conversations that a clear took away are not to come back.
        private Set<UUID> present(List<Recorded<ConversationEvent>> events) {
            UUID[] all = events.stream()
                    .map(recorded -> recorded.fact().conversation().value())
                    .distinct()
                    .toArray(UUID[]::new);
            return jdbc
                    .queryForList("select id from query_side.conversation where id = any (?)", UUID.class, (Object) all)
                    .stream()
                    .collect(Collectors.toSet());
        }

        private void expect(ConversationEvent event) {
            expected.count(event.conversation(), "facts");
            switch (event) {
                case ConversationStarted started -> {
                    for (Member member : started.members()) {
                        expected.add(
                                event.conversation(),
                                "members",
                                member.account().toString());
                    }
                }
                case MemberAdded added ->
                    expected.add(
                            event.conversation(), "members", added.account().toString());
                case MemberRemoved removed ->
                    expected.remove(
                            event.conversation(), "members", removed.account().toString());
                case MessageSent sent -> expected.count(event.conversation(), "sent");
                case MessageImported imported -> expected.count(event.conversation(), "imported");
                default -> {}
            }
        }

        @Override
        public void settle() {}

        @Override
        public Verification verify() {
            return expected.verify(ACTUAL);
        }

        @Override
        public Verification verifyChanged() {
            return expected.verifyChanged(ACTUAL);
        }

        @Override
        public void publish() {}

        @Override
        public void retire() {}

        @Override
        public void discard() {}
    }
}
