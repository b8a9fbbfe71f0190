package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.Generation;
import dev.parley.query.rebuild.GenerationIndex;
import dev.parley.query.rebuild.IndexGeneration;
import dev.parley.query.rebuild.Portions;
import dev.parley.query.rebuild.Rebuildable;
import dev.parley.query.rebuild.Verification;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Builds history anew: an index and the tables of reactions. Every document is compared with the log before it is
/// read; reactions are compared by conversation.
@Component
class HistoryRebuild implements Rebuildable {

    private static final String REACTIONS = "expected_reactions";
    private static final String ACTUAL_REACTIONS =
            """
            select conversation::text as key, 'reactions' as kind, count(*) as n, sum(%s)::bigint as hash
            from query_side.reaction where not removed group by conversation""".formatted(ExpectedSums.hash("message::text || ' ' || account::text || ' ' || reaction"));

    private final ElasticsearchOperations elasticsearch;
    private final ElasticsearchClient client;
    private final MessageIndex live;
    private final QuerySideSchema schema;
    private final MeterRegistry meters;

    HistoryRebuild(
            ElasticsearchOperations elasticsearch,
            ElasticsearchClient client,
            MessageIndex live,
            QuerySideSchema schema,
            MeterRegistry meters) {
        this.elasticsearch = elasticsearch;
        this.client = client;
        this.live = live;
        this.schema = schema;
        this.meters = meters;
    }

    @Override
    public String projection() {
        return QuerySideConfiguration.HISTORY;
    }

    @Override
    public List<String> tables() {
        return List.of("reaction", "started");
    }

    @Override
    public List<Expectation> expectations() {
        return List.of(
                new Expectation(ExpectedMessages.TABLE, ExpectedMessages.COLUMNS), ExpectedSums.table(REACTIONS));
    }

    @Override
    public String shape() {
        return live.index().shape();
    }

    @Override
    public boolean isOutdated() {
        return live.index().isOutdated();
    }

    @Override
    public boolean keeps(Class<?> fact) {
        return ConversationEvent.class.isAssignableFrom(fact) || ApplicationEvent.class.isAssignableFrom(fact);
    }

    @Override
    public Generation generation(int number, JdbcTemplate next) {
        return new NextHistory(new GenerationIndex(client, MessageIndex.ALIAS, MessageIndex.GENERATION, number), next);
    }

    private final class NextHistory extends IndexGeneration {

        private final NextIndex documents;
        private final StartedConversations started;
        private final Clears clears;
        private final HistoryProjection projection;
        private final ExpectedMessages expected;
        private final IndexComparison comparison;
        private final ExpectedSums reactions;

        NextHistory(GenerationIndex index, JdbcTemplate next) {
            super(index);
            this.documents = new NextIndex(elasticsearch, live.index(), index);
            this.started = new StartedConversations(next, schema);
            this.clears = new Clears(JdbcClient.create(next), schema);
            ReactionTable table = new ReactionTable(next, JdbcClient.create(next), schema);
            this.projection = new HistoryProjection(documents, table, started, clears, meters);
            this.expected = new ExpectedMessages(next);
            this.comparison = new IndexComparison(client, index.name(), expected);
            this.reactions = new ExpectedSums(next, REACTIONS);
        }

        @Override
        public void begin() {
            documents.renew();
        }

        @Override
        public void write(List<Recorded<Fact>> facts) {
            reactions.restart();
            try {
                Portions.of(facts).forEach(this::take);
                reactions.write();
                documents.complete();
            } finally {
                documents.abandon();
            }
        }

        private void take(List<Recorded<Fact>> facts) {
            projection.write(facts);
            // Nothing is new to it: the projection has just been there.
            Clear clear = clears.apply(projection(), List.of(), () -> {});
            if (facts.stream().anyMatch(recorded -> recorded.fact() instanceof ApplicationCleared)) {
                expected.clear();
                reactions.clear();
            }
            List<Recorded<ConversationEvent>> events = clear.after(ConversationEvent.class, facts);
            List<Recorded<ConversationEvent>> present = clear.happened() ? started.only(events) : events;
            expected.write(present);
            present.forEach(recorded -> expect(recorded.fact()));
        }

        /// A fact that somebody reacts comes once until one that it was taken back.
        private void expect(ConversationEvent fact) {
            if (fact instanceof ReactionAdded on) {
                reactions.add(on.conversation(), "reactions", row(on.message(), on.account(), on.reaction()));
            } else if (fact instanceof ReactionRemoved off) {
                reactions.remove(off.conversation(), "reactions", row(off.message(), off.account(), off.reaction()));
            }
        }

        private static String row(MessageId message, AccountId account, String reaction) {
            return message + " " + account + " " + Storable.text(reaction);
        }

        @Override
        public Verification verify() {
            return comparison.all().and(reactions.verify(ACTUAL_REACTIONS));
        }

        @Override
        public Verification verifyChanged() {
            return comparison.of(expected.changed()).and(reactions.verifyChanged(ACTUAL_REACTIONS));
        }
    }
}
