package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.IndexOperations;
import org.springframework.data.elasticsearch.core.MultiGetItem;
import org.springframework.data.elasticsearch.core.ResourceUtil;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.index.AliasAction;
import org.springframework.data.elasticsearch.core.index.AliasActionParameters;
import org.springframework.data.elasticsearch.core.index.AliasActions;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import org.springframework.data.elasticsearch.core.query.Query;
import org.springframework.stereotype.Component;

/// The index of messages: `parley-messages-1`, read and written through the alias `parley-messages`, so that another
/// generation can be filled beside it. After a clear it is `parley-messages-1-<random>`, after a rebuild
/// `parley-messages-g<number>` ([NextIndex]). Mapping and settings are
/// `elasticsearch/parley-messages-1.*.json`; they need nothing but Elasticsearch's core.
@Component
class MessageIndex {

    static final String ALIAS = "parley-messages";
    /// The one that no rebuild made; after a clear its name goes on.
    static final String GENERATION = "parley-messages-1";
    private static final String SHAPE = MessageForms.shape(MessageForms.mapping());

    private final ElasticsearchOperations elasticsearch;
    private final IndexCoordinates messages;
    private final MessageBulk bulk;
    private volatile boolean present;

    @Autowired
    MessageIndex(ElasticsearchOperations elasticsearch, ElasticsearchClient client) {
        this(elasticsearch, client, ALIAS);
    }

    /// @param name of the index or alias that is read and written
    MessageIndex(ElasticsearchOperations elasticsearch, ElasticsearchClient client, String name) {
        this.elasticsearch = elasticsearch;
        this.messages = IndexCoordinates.of(name);
        this.bulk = new MessageBulk(client, name);
    }

    /// Tells what this code writes into an index; a new index keeps it (`_meta`).
    static String shape() {
        return SHAPE;
    }

    /// An empty index for what this code writes, without alias.
    final void create(String name) {
        elasticsearch
                .indexOps(IndexCoordinates.of(name))
                .create(json("settings"), MessageForms.marked(shape(), json("mapping")));
    }

    /// Whether documents in the index that is read were written by code that makes other ones, as far as is known.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch cannot be asked
    boolean isOutdated() {
        return !MessageForms.isOf(shape(), elasticsearch.indexOps(messages).getMapping());
    }

    /// Makes sure that index and alias are there, by asking at most once, and that an index of before has the fields
    /// that came later, which its documents do without. It can be repeated and run on several nodes.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch cannot be asked
    void ensure() {
        if (present) {
            return;
        }
        if (!elasticsearch.indexOps(messages).exists()) {
            IndexOperations index = elasticsearch.indexOps(IndexCoordinates.of(GENERATION));
            if (!index.exists()) {
                create(GENERATION);
            }
            index.alias(new AliasActions(alias(GENERATION)));
        } else {
            elasticsearch.indexOps(messages).putMapping(json("mapping"));
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
        IndexOperations all = elasticsearch.indexOps(messages);
        Stream.concat(
                        all.getAliases(ALIAS).keySet().stream(),
                        all.getAliasesForIndex(GENERATION + "*").keySet().stream()
                                .filter(name -> name.equals(GENERATION) || name.startsWith(GENERATION + "-")))
                .distinct()
                .forEach(name -> actions.add(new AliasAction.RemoveIndex(
                        AliasActionParameters.builder().withIndices(name).build())));
        IndexOperations index = elasticsearch.indexOps(IndexCoordinates.of(fresh));
        create(fresh);
        index.alias(actions);
        present = true;
    }

    /// The documents that there are of these, in one request, as they were last written.
    ///
    /// @throws org.springframework.dao.DataAccessException if any of them could not be read
    List<MessageDocument> find(Collection<String> ids) {
        ensure();
        Query query = NativeQuery.builder().withIds(ids).build();
        List<MultiGetItem<MessageDocument>> items = elasticsearch.multiGet(query, MessageDocument.class, messages);
        for (MultiGetItem<MessageDocument> item : items) {
            if (item.isFailed()) {
                throw new DataRetrievalFailureException("A message cannot be fetched: " + item.getFailure());
            }
        }
        return items.stream()
                .filter(MultiGetItem::hasItem)
                .map(MultiGetItem::getItem)
                .toList();
    }

    /// Writes all of them in one request. One that is stored as of the same fact or a later one stays as it is.
    ///
    /// @throws org.springframework.data.elasticsearch.BulkFailureException if any other document was not written
    /// @throws org.springframework.dao.DataAccessException if none was
    void write(Collection<MessageDocument> documents) {
        ensure();
        bulk.write(documents);
    }

    private static AliasAction alias(String index) {
        return new AliasAction.Add(AliasActionParameters.builder()
                .withIndices(index)
                .withAliases(ALIAS)
                .build());
    }

    static Document json(String part) {
        Resource resource = new ClassPathResource("elasticsearch/" + GENERATION + "." + part + ".json");
        return Document.parse(ResourceUtil.readFileFromClasspath(((ClassPathResource) resource).getPath()));
    }
}
