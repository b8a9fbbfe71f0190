package dev.parley.query.said;

import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.batch.Recorded;
import dev.parley.query.history.MessageForms;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.IndexOperations;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.index.AliasAction;
import org.springframework.data.elasticsearch.core.index.AliasActionParameters;
import org.springframework.data.elasticsearch.core.index.AliasActions;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import org.springframework.data.elasticsearch.core.query.IndexQuery;
import org.springframework.data.elasticsearch.core.query.IndexQueryBuilder;
import org.springframework.stereotype.Component;

/// The index of what was said: `parley-said-1`, read and written through the alias `parley-said`. It has the mapping of
/// messages and a few fields more. A document is a fact that never changes, so that writing it again changes nothing.
@Component
class SaidIndex {

    static final String ALIAS = "parley-said";
    private static final String GENERATION = "parley-said-1";
    private static final IndexCoordinates SAID = IndexCoordinates.of(ALIAS);

    private final ElasticsearchOperations elasticsearch;
    private volatile boolean present;

    SaidIndex(ElasticsearchOperations elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /// Makes sure that index and alias are there, by asking at most once, and that an index of before has the fields
    /// that came later. It can be repeated and run on several nodes.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch cannot be asked
    void ensure() {
        if (present) {
            return;
        }
        if (!elasticsearch.indexOps(SAID).exists()) {
            IndexOperations index = elasticsearch.indexOps(IndexCoordinates.of(GENERATION));
            if (!index.exists()) {
                create(index);
            }
            index.alias(new AliasActions(new AliasAction.Add(AliasActionParameters.builder()
                    .withIndices(GENERATION)
                    .withAliases(ALIAS)
                    .build())));
        } else {
            elasticsearch.indexOps(SAID).putMapping(mapping());
        }
        present = true;
    }

    private static void create(IndexOperations index) {
        try {
            index.create(MessageForms.settings(), mapping());
        } catch (UncategorizedElasticsearchException refused) {
            // Another node was first, or nobody was.
            if (!index.exists()) {
                throw refused;
            }
        }
    }

    /// Writes what these facts say about messages, in one request.
    ///
    /// @throws org.springframework.dao.DataAccessException if any of it was not written; it can be repeated
    void write(List<Recorded<ConversationEvent>> facts) {
        ensure();
        List<IndexQuery> documents =
                facts.stream().map(this::document).filter(Objects::nonNull).toList();
        if (!documents.isEmpty()) {
            elasticsearch.bulkIndex(documents, SAID);
        }
    }

    private @Nullable IndexQuery document(Recorded<ConversationEvent> recorded) {
        SaidFact fact = SaidFact.of(recorded);
        if (fact == null) {
            return null;
        }
        Document document = fact.document() == null
                ? Document.create()
                : elasticsearch.getElasticsearchConverter().mapObject(fact.document());
        String conversation = recorded.fact().conversation().toString();
        document.append("kind", fact.kind())
                .append("subject", conversation + ":" + fact.message())
                .append("by", fact.by().toString())
                .append("fact", recorded.seq())
                .append("conversation", conversation)
                .append("message", fact.message().toString())
                .append("position", recorded.position())
                .append("seq", fact.messageSeq())
                .append("at", fact.at().toEpochMilli());
        return new IndexQueryBuilder()
                .withId(conversation + ":" + recorded.seq())
                .withSource(document.toJson())
                .build();
    }

    @SuppressWarnings("unchecked")
    private static Document mapping() {
        Document mapping = MessageForms.mapping();
        Map<String, Object> fields = (Map<String, Object>) Objects.requireNonNull(mapping.get("properties"));
        for (String name : List.of("kind", "subject", "by")) {
            fields.put(name, Map.of("type", "keyword"));
        }
        fields.put("fact", Map.of("type", "long"));
        return mapping;
    }
}
