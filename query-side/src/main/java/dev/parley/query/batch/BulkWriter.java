package dev.parley.query.batch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.util.BinaryData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.BulkFailureException;
import org.springframework.data.elasticsearch.BulkFailureException.FailureDetails;
import org.springframework.data.elasticsearch.client.elc.ElasticsearchExceptionTranslator;

/// Writes documents to one index, in requests of up to 1,250 of them and 8 MB. They go through Jackson at once and not
/// through Spring Data's mapping, which takes several times as long; what it reads are the same fields. Thread-safe.
public final class BulkWriter {

    private static final int CONFLICT = 409;
    private static final int DOCUMENTS = 1_250;
    private static final long BYTES = 8_000_000;

    private final ElasticsearchClient client;
    private final ElasticsearchExceptionTranslator translator;
    private final String name;
    private final boolean alias;

    private BulkWriter(ElasticsearchClient client, String name, boolean alias) {
        this.client = client;
        this.translator = new ElasticsearchExceptionTranslator(client._jsonpMapper());
        this.name = name;
        this.alias = alias;
    }

    public static BulkWriter ofIndex(ElasticsearchClient client, String index) {
        return new BulkWriter(client, index, false);
    }

    /// One that fails where the alias is gone: Elasticsearch would make an index of that name, without mapping.
    public static BulkWriter ofAlias(ElasticsearchClient client, String alias) {
        return new BulkWriter(client, alias, true);
    }

    /// @param version one that is stored with the same version or a later one stays as it is; null to write in any case
    /// @param source what Jackson makes JSON of
    public record Item(String id, @Nullable Long version, Object source) {}

    /// Can be repeated.
    ///
    /// @throws BulkFailureException if any document was not written
    /// @throws org.springframework.dao.DataAccessException if none of a request was
    public void write(Iterable<Item> items) {
        List<BulkOperation> request = new ArrayList<>();
        long bytes = 0;
        for (Item item : items) {
            BinaryData source = BinaryData.of(item.source(), client._jsonpMapper());
            if (!request.isEmpty() && (request.size() == DOCUMENTS || bytes + source.size() > BYTES)) {
                send(request);
                request = new ArrayList<>();
                bytes = 0;
            }
            request.add(operation(item, source));
            bytes += source.size();
        }
        if (!request.isEmpty()) {
            send(request);
        }
    }

    private static BulkOperation operation(Item item, BinaryData source) {
        return BulkOperation.of(one -> one.index(write -> {
            if (item.version() != null) {
                write.version(item.version()).versionType(VersionType.External);
            }
            return write.id(item.id()).document(source);
        }));
    }

    private void send(List<BulkOperation> operations) {
        Map<String, FailureDetails> failed = failed(answer(BulkRequest.of(
                request -> request.index(name).requireAlias(alias).operations(operations))));
        if (!failed.isEmpty()) {
            throw new BulkFailureException(failed.size() + " documents were not written", failed);
        }
    }

    private BulkResponse answer(BulkRequest request) {
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
