package dev.parley.query.history;

import dev.parley.query.rebuild.GenerationIndex;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;

/// An index of messages that is filled beside the one that is read: `parley-messages-g<number>`. It is not refreshed
/// until it is complete, and some requests are under way at once, while the caller makes the documents of the next one.
/// Used by one thread.
class NextIndex extends MessageIndex {

    private static final Logger log = LoggerFactory.getLogger(NextIndex.class);
    /// At once; Elasticsearch has to index, this process to decode facts.
    private static final int REQUESTS = 4;

    private final GenerationIndex index;
    private final Queue<Future<?>> requests = new ArrayDeque<>();

    NextIndex(ElasticsearchOperations elasticsearch, GenerationIndex index) {
        super(elasticsearch, index.client(), index.name());
        this.index = index;
    }

    /// It is there since it was begun; Elasticsearch would create any index that is written to.
    @Override
    void ensure() {}

    /// Makes it, empty, whatever there was of it.
    @Override
    void renew() {
        complete();
        index.create(() -> create(index.name()));
    }

    /// Begins to write them; [#complete] tells how it went. The caller changes none of them any more.
    @Override
    void write(Collection<MessageDocument> documents) {
        while (requests.size() >= REQUESTS) {
            await(requests.remove());
        }
        FutureTask<Void> request = new FutureTask<>(() -> super.write(documents), null);
        requests.add(request);
        Thread.startVirtualThread(request);
    }

    /// Finds what was written before, too.
    @Override
    List<MessageDocument> find(Collection<String> ids) {
        complete();
        return super.find(ids);
    }

    /// Waits until all that was begun is written.
    ///
    /// @throws org.springframework.dao.DataAccessException as [MessageIndex#write] does
    void complete() {
        while (!requests.isEmpty()) {
            await(requests.remove());
        }
    }

    /// Waits until nothing is being written any more, however it ends.
    void abandon() {
        while (!requests.isEmpty()) {
            try {
                await(requests.remove());
            } catch (RuntimeException known) {
                log.atDebug().setCause(known).log("One more request of a batch that failed has failed");
            }
        }
    }

    private static void await(Future<?> request) {
        try {
            request.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DataAccessResourceFailureException("A batch was interrupted", stopped);
        }
    }
}
