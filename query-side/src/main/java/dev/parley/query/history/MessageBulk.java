package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.data.elasticsearch.BulkFailureException;
import org.springframework.data.elasticsearch.BulkFailureException.FailureDetails;
import org.springframework.data.elasticsearch.client.elc.ElasticsearchExceptionTranslator;

/// Writes documents of messages to one index, all in one request. They go through Jackson at once and not through
/// Spring Data's mapping, which takes several times as long; what it reads are the same fields.
final class MessageBulk {

    private static final int CONFLICT = 409;

    private final ElasticsearchClient client;
    private final ElasticsearchExceptionTranslator translator;
    private final String index;

    /// @param index or alias
    MessageBulk(ElasticsearchClient client, String index) {
        this.client = client;
        this.translator = new ElasticsearchExceptionTranslator(client._jsonpMapper());
        this.index = index;
    }

    /// One that is stored as of the same fact or a later one stays as it is.
    ///
    /// @throws BulkFailureException if any other document was not written
    /// @throws org.springframework.dao.DataAccessException if none was
    void write(Collection<MessageDocument> documents) {
        BulkRequest.Builder request = new BulkRequest.Builder().index(index);
        documents.forEach(document -> request.operations(versioned(document)));
        Map<String, FailureDetails> failed = failed(send(request.build()));
        if (!failed.isEmpty()) {
            throw new BulkFailureException(failed.size() + " messages were not written", failed);
        }
    }

    private static BulkOperation versioned(MessageDocument document) {
        return BulkOperation.of(one -> one.index(write -> write.id(document.id())
                .version(document.lastPosition())
                .versionType(VersionType.External)
                .document(document)));
    }

    private BulkResponse send(BulkRequest request) {
        try {
            return client.bulk(request);
        } catch (IOException | RuntimeException failure) {
            throw translator.translateException(failure);
        }
    }

    private static Map<String, FailureDetails> failed(BulkResponse response) {
        Map<String, FailureDetails> failed = new HashMap<>();
        if (response.errors()) {
            for (BulkResponseItem item : response.items()) {
                if (item.error() != null && item.status() != CONFLICT) {
                    failed.put(
                            item.id(),
                            new FailureDetails(item.status(), item.error().reason()));
                }
            }
        }
        return failed;
    }
}
