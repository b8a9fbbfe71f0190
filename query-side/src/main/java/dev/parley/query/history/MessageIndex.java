package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.query.batch.BulkWriter;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.MultiGetItem;
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

    private final ElasticsearchOperations elasticsearch;
    private final AliasedIndex index;
    private final IndexCoordinates name;
    private final BulkWriter bulk;

    @Autowired
    MessageIndex(ElasticsearchOperations elasticsearch, ElasticsearchClient client, MadeIndexes made) {
        this(elasticsearch, client, made, ALIAS, GENERATION);
    }

    MessageIndex(
            ElasticsearchOperations elasticsearch,
            ElasticsearchClient client,
            MadeIndexes made,
            String alias,
            String first) {
        this(
                elasticsearch,
                new AliasedIndex(elasticsearch, made, alias, first, MessageForms::mapping),
                alias,
                BulkWriter.ofAlias(client, alias));
    }

    /// @param name of the index or alias that is read and written
    MessageIndex(ElasticsearchOperations elasticsearch, AliasedIndex index, String name, BulkWriter bulk) {
        this.elasticsearch = elasticsearch;
        this.index = index;
        this.name = IndexCoordinates.of(name);
        this.bulk = bulk;
    }

    /// What an index is, whatever its alias.
    final AliasedIndex index() {
        return index;
    }

    /// As [AliasedIndex#ensure].
    void ensure() {
        index.ensure();
    }

    /// As [AliasedIndex#renew].
    void renew() {
        index.renew();
    }

    /// The documents that there are of these, in one request, as they were last written.
    ///
    /// @throws org.springframework.dao.DataAccessException if any of them could not be read
    List<MessageDocument> find(Collection<String> ids) {
        ensure();
        Query query = NativeQuery.builder().withIds(ids).build();
        List<MultiGetItem<MessageDocument>> items = elasticsearch.multiGet(query, MessageDocument.class, name);
        for (MultiGetItem<MessageDocument> item : items) {
            if (item.isFailed()) {
                index.doubt();
                throw new DataRetrievalFailureException("A message cannot be fetched: " + item.getFailure());
            }
        }
        return items.stream()
                .filter(MultiGetItem::hasItem)
                .map(MultiGetItem::getItem)
                .toList();
    }

    /// Writes all of them. One that is stored as of the same fact or a later one stays as it is.
    ///
    /// @throws org.springframework.data.elasticsearch.BulkFailureException if any other document was not written
    /// @throws org.springframework.dao.DataAccessException if none of a request was
    void write(Collection<MessageDocument> documents) {
        ensure();
        try {
            bulk.write(documents.stream()
                    .map(document -> new BulkWriter.Item(document.id(), document.lastPosition(), document))
                    .toList());
        } catch (RuntimeException failure) {
            index.doubt();
            throw failure;
        }
    }
}
