package dev.parley.query.history;

import java.util.List;
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

/// The index of messages: `parley-messages-1`, read through the alias `parley-messages`, so that another generation
/// can be filled beside it. Mapping and settings are `elasticsearch/parley-messages-1.*.json`; they need nothing but
/// Elasticsearch's core.
@Component
class MessageIndex {

    static final String ALIAS = "parley-messages";
    private static final String GENERATION = "parley-messages-1";
    private static final IndexCoordinates INDEX = IndexCoordinates.of(GENERATION);

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
        IndexOperations index = elasticsearch.indexOps(INDEX);
        if (!index.exists()) {
            index.create(json("settings"), json("mapping"));
        }
        if (!elasticsearch.indexOps(IndexCoordinates.of(ALIAS)).exists()) {
            index.alias(new AliasActions(new AliasAction.Add(AliasActionParameters.builder()
                    .withIndices(GENERATION)
                    .withAliases(ALIAS)
                    .build())));
        }
        present = true;
    }

    /// Writes all of them in one request. A document whose position is stored already is left as it is.
    ///
    /// @throws org.springframework.dao.DataAccessException if any other document was not written
    void write(List<MessageDocument> documents) {
        ensure();
        List<IndexQuery> queries =
                documents.stream().map(MessageIndex::versioned).toList();
        elasticsearch.bulkIndex(queries, INDEX);
    }

    private static IndexQuery versioned(MessageDocument document) {
        return new IndexQueryBuilder()
                .withId(document.id())
                .withVersion(document.position())
                .withObject(document)
                .build();
    }

    private static Document json(String part) {
        Resource resource = new ClassPathResource("elasticsearch/" + GENERATION + "." + part + ".json");
        return Document.parse(ResourceUtil.readFileFromClasspath(((ClassPathResource) resource).getPath()));
    }
}
