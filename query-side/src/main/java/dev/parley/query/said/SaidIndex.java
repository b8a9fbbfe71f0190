package dev.parley.query.said;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.query.batch.BulkWriter;
import dev.parley.query.batch.Recorded;
import dev.parley.query.history.AliasedIndex;
import dev.parley.query.history.MadeIndexes;
import dev.parley.query.history.MessageForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.stereotype.Component;

/// The index of what was said: `parley-said-1`, after a rebuild `parley-said-g<number>`, read and
/// written through the alias `parley-said`. It has the mapping of messages and a few fields more. A
/// document is a fact that never changes, so that writing it again changes nothing.
@Component
class SaidIndex {

    static final String ALIAS = "parley-said";
    /// The one that no rebuild made.
    static final String FIRST = "parley-said-1";

    private final AliasedIndex index;
    private final BulkWriter bulk;

    SaidIndex(ElasticsearchOperations elasticsearch, ElasticsearchClient client, MadeIndexes made) {
        this.index = new AliasedIndex(elasticsearch, made, ALIAS, FIRST, SaidIndex::mapping);
        this.bulk = BulkWriter.ofAlias(client, ALIAS);
    }

    AliasedIndex index() {
        return index;
    }

    /// Writes what these facts say about messages.
    ///
    /// @throws org.springframework.dao.DataAccessException if any of it was not written; it can be repeated
    void write(List<Recorded<ConversationEvent>> facts) {
        index.ensure();
        try {
            bulk.write(documents(facts));
        } catch (RuntimeException failure) {
            index.doubt();
            throw failure;
        }
    }

    /// A document for each fact about a message.
    static List<BulkWriter.Item> documents(List<Recorded<ConversationEvent>> facts) {
        List<BulkWriter.Item> documents = new ArrayList<>();
        for (Recorded<ConversationEvent> recorded : facts) {
            SaidFact fact = SaidFact.of(recorded);
            if (fact != null) {
                documents.add(new BulkWriter.Item(
                        recorded.fact().conversation() + ":" + recorded.seq(), null, SaidSource.of(recorded, fact)));
            }
        }
        return documents;
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
