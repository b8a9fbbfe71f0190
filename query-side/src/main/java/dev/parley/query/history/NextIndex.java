package dev.parley.query.history;

import dev.parley.query.batch.BulkWriter;
import dev.parley.query.rebuild.GenerationIndex;
import dev.parley.query.rebuild.Requests;
import java.util.Collection;
import java.util.List;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;

/// An index of messages that is filled beside the one that is read: `parley-messages-g<number>`. It is not refreshed
/// until it is complete, and some requests are under way at once. Used by one thread.
class NextIndex extends MessageIndex {

    private final GenerationIndex index;
    private final Requests requests = new Requests();

    /// @param form what the index is like
    NextIndex(ElasticsearchOperations elasticsearch, AliasedIndex form, GenerationIndex index) {
        super(elasticsearch, form, index.name(), BulkWriter.ofIndex(index.client(), index.name()));
        this.index = index;
    }

    /// It is there since it was begun; Elasticsearch would create any index that is written to.
    @Override
    void ensure() {}

    /// Makes it, empty, whatever there was of it.
    @Override
    void renew() {
        requests.complete();
        index.create(() -> index().create(index.name()));
    }

    /// Begins to write them; [#complete] tells how it went. The caller changes none of them any more.
    @Override
    void write(Collection<MessageDocument> documents) {
        requests.begin(() -> super.write(documents));
    }

    /// Finds what was written before, too.
    @Override
    List<MessageDocument> find(Collection<String> ids) {
        requests.complete();
        return super.find(ids);
    }

    /// Waits until all that was begun is written.
    ///
    /// @throws org.springframework.dao.DataAccessException as [MessageIndex#write] does
    void complete() {
        requests.complete();
    }

    /// Waits until nothing is being written any more, however it ends.
    void abandon() {
        requests.abandon();
    }
}
