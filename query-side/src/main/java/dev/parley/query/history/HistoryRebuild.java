package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import dev.parley.query.rebuild.Generation;
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
        return List.of(new Expectation(ExpectedMessages.TABLE, ExpectedMessages.COLUMNS));
    }

    @Override
    public String shape() {
        return MessageIndex.shape();
    }

    @Override
    public boolean isOutdated() {
        return live.isOutdated();
    }

    @Override
    public boolean keeps(Class<?> fact) {
        return ConversationEvent.class.isAssignableFrom(fact) || ApplicationEvent.class.isAssignableFrom(fact);
    }

    @Override
    public Generation generation(int number, JdbcTemplate next) {
        return new NextHistory(new NextIndex(elasticsearch, client, number), next);
    }

    private final class NextHistory implements Generation {

        private final NextIndex index;
        private final StartedConversations started;
        private final Clears clears;
        private final HistoryProjection projection;
        private final ExpectedMessages expected;
        private final IndexComparison comparison;

        NextHistory(NextIndex index, JdbcTemplate next) {
            this.index = index;
            this.started = new StartedConversations(next, schema);
            this.clears = new Clears(JdbcClient.create(next), schema);
            ReactionTable reactions = new ReactionTable(next, JdbcClient.create(next), schema);
            this.projection = new HistoryProjection(index, reactions, started, clears, meters);
            this.expected = new ExpectedMessages(next);
            this.comparison = new IndexComparison(client, index.name(), expected);
        }

        @Override
        public void begin() {
            index.renew();
        }

        @Override
        public void write(List<Recorded<Fact>> facts) {
            projection.write(facts);
            // Nothing is new to it: the projection has just been there.
            Clear clear = clears.apply(projection(), List.of(), () -> {});
            if (facts.stream().anyMatch(recorded -> recorded.fact() instanceof ApplicationCleared)) {
                expected.clear();
            }
            List<Recorded<ConversationEvent>> events = clear.after(ConversationEvent.class, facts);
            expected.write(clear.happened() ? started.only(events) : events);
        }

        @Override
        public void settle() {
            index.refresh();
        }

        @Override
        public Verification verify() {
            return comparison.all();
        }

        @Override
        public Verification verifyChanged() {
            return comparison.of(expected.changed());
        }

        @Override
        public void publish() {
            index.takeAlias();
        }

        @Override
        public boolean isPublished() {
            return index.hasAlias();
        }

        @Override
        public void retire() {
            index.deleteOthers();
        }

        @Override
        public void discard() {
            index.deleteOthers();
        }
    }
}
