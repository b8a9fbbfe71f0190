package dev.parley.query.said;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.BulkWriter;
import dev.parley.query.batch.Recorded;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.Generation;
import dev.parley.query.rebuild.GenerationIndex;
import dev.parley.query.rebuild.IndexGeneration;
import dev.parley.query.rebuild.Portions;
import dev.parley.query.rebuild.Rebuildable;
import dev.parley.query.rebuild.Requests;
import dev.parley.query.rebuild.Verification;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Builds the index of what was said anew. Every document is compared with the log before it is read,
/// 256 facts of a conversation at a time.
@Component
class SaidRebuild implements Rebuildable {

    private final ElasticsearchClient client;
    private final SaidIndex live;

    SaidRebuild(ElasticsearchClient client, SaidIndex live) {
        this.client = client;
        this.live = live;
    }

    @Override
    public String projection() {
        return QuerySideConfiguration.SAID;
    }

    @Override
    public List<String> tables() {
        return List.of();
    }

    @Override
    public List<Expectation> expectations() {
        return List.of(ExpectedSums.table(SaidComparison.EXPECTED), ExpectedSums.table(SaidComparison.ACTUAL));
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
        return ConversationEvent.class.isAssignableFrom(fact);
    }

    @Override
    public Generation generation(int number, JdbcTemplate next) {
        return new NextSaid(new GenerationIndex(client, SaidIndex.ALIAS, SaidIndex.FIRST, number), next);
    }

    private final class NextSaid extends IndexGeneration {

        private final BulkWriter bulk;
        private final Requests requests = new Requests();
        private final SaidComparison comparison;

        NextSaid(GenerationIndex index, JdbcTemplate next) {
            super(index);
            this.bulk = BulkWriter.ofIndex(client, index.name());
            this.comparison = new SaidComparison(client, index, next);
        }

        @Override
        public void begin() {
            index().create(() -> live.index().create(index().name()));
        }

        @Override
        public void write(List<Recorded<Fact>> facts) {
            List<Recorded<ConversationEvent>> events = facts.stream()
                    .filter(recorded -> recorded.fact() instanceof ConversationEvent)
                    .map(recorded -> new Recorded<>(
                            (ConversationEvent) recorded.fact(),
                            recorded.position(),
                            recorded.seq(),
                            recorded.storedAt()))
                    .toList();
            try {
                Portions.of(events).forEach(portion -> requests.begin(() -> bulk.write(SaidIndex.documents(portion))));
                comparison.expect(events);
                requests.complete();
            } finally {
                requests.abandon();
            }
        }

        @Override
        public Verification verify() {
            return comparison.all();
        }

        @Override
        public Verification verifyChanged() {
            return comparison.changed();
        }
    }
}
