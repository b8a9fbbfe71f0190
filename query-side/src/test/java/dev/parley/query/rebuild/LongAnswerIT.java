package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.query.batch.BulkWriter;
import dev.parley.testing.Running;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;

class LongAnswerIT extends Running {

    /// Of 4.5 MB.
    private static final int DOCUMENTS = 24;

    @Autowired
    private ElasticsearchClient client;

    @Test
    void anAnswerOfMoreThanTheClientTakesIsKnownByItsFailure() throws Exception {
        String index = "long-" + UUID.randomUUID();
        client.indices().create(create -> create.index(index).mappings(mappings -> mappings.enabled(false)));
        String body = "a".repeat(4_500_000);
        BulkWriter.ofIndex(client, index)
                .write(IntStream.range(0, DOCUMENTS)
                        .mapToObj(i -> new BulkWriter.Item("id-" + i, null, Map.of("body", body)))
                        .toList());
        client.indices().refresh(refresh -> refresh.index(index));
        DataAccessResourceFailureException failure = catchThrowableOfType(
                DataAccessResourceFailureException.class,
                () -> GenerationIndex.call(
                        () -> client.search(search -> search.index(index).size(DOCUMENTS), Map.class)));
        assertThat(GenerationIndex.isTooLong(failure)).isTrue();
        assertThat(GenerationIndex.isTooLong(new DataAccessResourceFailureException("another")))
                .isFalse();
        client.indices().delete(delete -> delete.index(index));
    }
}
