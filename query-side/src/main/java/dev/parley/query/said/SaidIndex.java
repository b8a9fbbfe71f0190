package dev.parley.query.said;

import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.batch.Recorded;
import dev.parley.query.history.MessageForms;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
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

/// The index of what was said: `parley-said-1`, after a rebuild `parley-said-g<number>`, read and
/// written through the alias `parley-said`. It has the mapping of messages and a few fields more. A
/// document is a fact that never changes, so that writing it again changes nothing.
@Component
class SaidIndex {

    static final String ALIAS = "parley-said";
    /// The one that no rebuild made.
    static final String FIRST = "parley-said-1";
    /// Of each request.
    private static final int DOCUMENTS = 1_250;

    private final ElasticsearchOperations elasticsearch;
    private final IndexCoordinates said;
    private volatile boolean present;

    @Autowired
    SaidIndex(ElasticsearchOperations elasticsearch) {
        this(elasticsearch, ALIAS, false);
    }

    private SaidIndex(ElasticsearchOperations elasticsearch, String name, boolean present) {
        this.elasticsearch = elasticsearch;
        this.said = IndexCoordinates.of(name);
        this.present = present;
    }

    /// One that is made by its caller.
    static SaidIndex present(ElasticsearchOperations elasticsearch, String name) {
        return new SaidIndex(elasticsearch, name, true);
    }

    /// Tells what this code writes into an index; a new index keeps it (`_meta`).
    static String shape() {
        return MessageForms.shape(mapping());
    }

    /// Whether documents in the index that is read were written by code that makes other ones, as far
    /// as is known.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch cannot be asked
    boolean isOutdated() {
        return !MessageForms.isOf(shape(), elasticsearch.indexOps(said).getMapping());
    }

    /// An empty index for what this code writes, without alias.
    void create(String name) {
        elasticsearch
                .indexOps(IndexCoordinates.of(name))
                .create(MessageForms.settings(), MessageForms.marked(shape(), mapping()));
    }

    /// Makes sure that index and alias are there, by asking at most once, and that an index of before has the fields
    /// that came later. It can be repeated and run on several nodes.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch cannot be asked
    void ensure() {
        if (present) {
            return;
        }
        if (!elasticsearch.indexOps(said).exists()) {
            IndexOperations index = elasticsearch.indexOps(IndexCoordinates.of(FIRST));
            if (!index.exists()) {
                create(index);
            }
            index.alias(new AliasActions(new AliasAction.Add(AliasActionParameters.builder()
                    .withIndices(FIRST)
                    .withAliases(ALIAS)
                    .build())));
        } else {
            elasticsearch.indexOps(said).putMapping(mapping());
        }
        present = true;
    }

    private void create(IndexOperations index) {
        try {
            create(FIRST);
        } catch (UncategorizedElasticsearchException refused) {
            // Another node was first, or nobody was.
            if (!index.exists()) {
                throw refused;
            }
        }
    }

    /// Writes what these facts say about messages, in one request for each 1,250 of them.
    ///
    /// @throws org.springframework.dao.DataAccessException if any of it was not written; it can be repeated
    void write(List<Recorded<ConversationEvent>> facts) {
        ensure();
        List<IndexQuery> documents =
                facts.stream().map(this::document).filter(Objects::nonNull).toList();
        for (int from = 0; from < documents.size(); from += DOCUMENTS) {
            elasticsearch.bulkIndex(documents.subList(from, Math.min(documents.size(), from + DOCUMENTS)), said);
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
