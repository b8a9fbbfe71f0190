package dev.parley.query.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.testing.Running;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.elasticsearch.BulkFailureException;

class BulkWriterIT extends Running {

    @Autowired
    private ElasticsearchClient client;

    private final String index = "bulk-" + UUID.randomUUID();

    /// Elasticsearch takes requests of up to 100 MB.
    @Test
    void documentsOfAnyLengthAreWritten() throws Exception {
        client.indices().create(create -> create.index(index).mappings(mappings -> mappings.enabled(false)));
        String text = "a".repeat(4_000_000);
        BulkWriter.ofIndex(client, index)
                .write(IntStream.range(0, 30)
                        .mapToObj(i -> new BulkWriter.Item("id-" + i, null, Map.of("body", text)))
                        .toList());
        client.indices().refresh(refresh -> refresh.index(index));
        assertThat(client.count(count -> count.index(index)).count()).isEqualTo(30);
        client.indices().delete(delete -> delete.index(index));
    }

    @Test
    void oneOfAnOlderVersionChangesNothing() throws Exception {
        BulkWriter writer = BulkWriter.ofIndex(client, index);
        writer.write(List.of(new BulkWriter.Item("id", 5L, Map.of("body", "new"))));
        writer.write(List.of(new BulkWriter.Item("id", 4L, Map.of("body", "old"))));
        assertThat(client.get(get -> get.index(index).id("id"), Map.class).source())
                .isEqualTo(Map.of("body", "new"));
        client.indices().delete(delete -> delete.index(index));
    }

    @Test
    void anAliasThatIsGoneIsNotMadeAnIndex() throws Exception {
        BulkWriter writer = BulkWriter.ofAlias(client, index);
        assertThatThrownBy(() -> writer.write(List.of(new BulkWriter.Item("id", null, Map.of()))))
                .isInstanceOf(BulkFailureException.class);
        assertThat(client.indices().exists(exists -> exists.index(index)).value())
                .isFalse();
    }
}
