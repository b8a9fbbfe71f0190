package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.ConversationId;
import dev.parley.testing.Processing;
import dev.parley.testing.Running;
import dev.parley.testing.Story;
import dev.parley.testing.Tables;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/// State built fact by fact equals state built in batches with any prefix repeated.
class HistoryReplayIT extends Running {

    private static final int LENGTH = 200;

    @Autowired
    private HistoryProjection projection;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private ElasticsearchOperations elasticsearch;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    @AfterEach
    void knowsOfNoClear() {
        awaitProjections();
        Tables.empty(jdbc);
    }

    @Test
    void repeatedFactsChangeNothingWhateverTheBatches() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Processing processing = new Processing(projection, transactions);
        Story once = Story.tell(seed, UUID.randomUUID().toString(), LENGTH);
        processing.process(once.facts(), 1);
        List<String> expected = state(once);

        for (int run = 0; run < 3; run++) {
            Story again = Story.tell(seed, UUID.randomUUID().toString(), LENGTH);
            Tables.empty(jdbc);
            List<TrackedEventMessage<?>> prefix = again.facts().subList(0, random.nextInt(LENGTH));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.lose(again.facts().subList(prefix.size(), LENGTH));
            processing.process(again.facts(), 1 + random.nextInt(60));
            assertThat(state(again)).as("seed %d", seed).isEqualTo(expected).isNotEmpty();
        }
    }

    private List<String> state(Story story) {
        elasticsearch.indexOps(MessageDocument.class).refresh();
        Stream<String> documents =
                story.conversations().stream().flatMap(conversation -> documents(conversation).stream());
        return Stream.concat(documents, reactions()).map(story::named).toList();
    }

    private Stream<String> reactions() {
        return jdbc.queryForList("select * from query_side.reaction order by position").stream()
                .map(Object::toString);
    }

    private List<String> documents(ConversationId conversation) {
        NativeQuery query = NativeQuery.builder()
                .withQuery(Visible.conversation(conversation))
                .withSort(sort -> sort.field(field -> field.field("seq")))
                .withPageable(PageRequest.of(0, LENGTH))
                .build();
        return elasticsearch.search(query, MessageDocument.class).stream()
                .map(hit -> hit.getContent().toString())
                .toList();
    }
}
