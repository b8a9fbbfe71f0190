package dev.parley.query.history;

import java.util.List;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.IndexOperations;
import org.springframework.data.elasticsearch.core.ResourceUtil;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.index.AliasAction;
import org.springframework.data.elasticsearch.core.index.AliasActionParameters;
import org.springframework.data.elasticsearch.core.index.AliasActions;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import org.springframework.data.elasticsearch.core.query.IndexQuery;
import org.springframework.data.elasticsearch.core.query.IndexQueryBuilder;
import org.springframework.stereotype.Component;

/// The index of messages: `parley-messages-1`, read and written through the alias `parley-messages`, so that another
/// generation can be filled beside it. After a clear it is `parley-messages-1-<random>`. Mapping and settings are
/// `elasticsearch/parley-messages-1.*.json`; they need nothing but Elasticsearch's core.
@Component
class MessageIndex {

    static final String ALIAS = "parley-messages";
    private static final String GENERATION = "parley-messages-1";
    private static final IndexCoordinates MESSAGES = IndexCoordinates.of(ALIAS);

    private final ElasticsearchOperations elasticsearch;
    private volatile boolean present;

    MessageIndex(ElasticsearchOperations elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /// Makes sure that index and alias are there, by asking at most once. It can be repeated and run on several nodes.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch cannot be asked
    void ensure() {
        if (present) {
            return;
        }
        if (!elasticsearch.indexOps(MESSAGES).exists()) {
            IndexOperations index = elasticsearch.indexOps(IndexCoordinates.of(GENERATION));
            if (!index.exists()) {
                index.create(json("settings"), json("mapping"));
            }
            index.alias(new AliasActions(alias(GENERATION)));
        }
        present = true;
    }

    /// Takes all messages away: an empty index gets the alias in one step with the removal of all that were there
    /// before, so that readers find the one or the other. It names what it removes, and an index that is gone makes
    /// all of it fail: of two nodes that do it at once, one fails.
    ///
    /// @throws org.springframework.dao.DataAccessException if it was not done; it can be repeated
    void renew() {
        String fresh = GENERATION + "-" + UUID.randomUUID();
        AliasActions actions = new AliasActions(alias(fresh));
        elasticsearch.indexOps(MESSAGES).getAliasesForIndex(GENERATION + "*").keySet().stream()
                .filter(name -> name.equals(GENERATION) || name.startsWith(GENERATION + "-"))
                .forEach(name -> actions.add(new AliasAction.RemoveIndex(
                        AliasActionParameters.builder().withIndices(name).build())));
        IndexOperations index = elasticsearch.indexOps(IndexCoordinates.of(fresh));
        index.create(json("settings"), json("mapping"));
        index.alias(actions);
        present = true;
    }

    /// Writes all of them in one request. A document whose position is stored already is left as it is.
    ///
    /// @throws org.springframework.dao.DataAccessException if any other document was not written
    void write(List<MessageDocument> documents) {
        ensure();
        List<IndexQuery> queries =
                documents.stream().map(MessageIndex::versioned).toList();
        elasticsearch.bulkIndex(queries, MESSAGES);
    }

    private static IndexQuery versioned(MessageDocument document) {
        return new IndexQueryBuilder()
                .withId(document.id())
                .withVersion(document.position())
                .withObject(document)
                .build();
    }

    private static AliasAction alias(String index) {
        return new AliasAction.Add(AliasActionParameters.builder()
                .withIndices(index)
                .withAliases(ALIAS)
                .build());
    }

    private static Document json(String part) {
        Resource resource = new ClassPathResource("elasticsearch/" + GENERATION + "." + part + ".json");
        return Document.parse(ResourceUtil.readFileFromClasspath(((ClassPathResource) resource).getPath()));
    }
}
