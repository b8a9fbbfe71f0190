package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.GetAliasResponse;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
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

    private static final String PREFIX = ALIAS + "-g";

    private final ElasticsearchClient client;
    private final String name;
    private final Queue<Future<?>> requests = new ArrayDeque<>();

    NextIndex(ElasticsearchOperations elasticsearch, ElasticsearchClient client, int number) {
        super(elasticsearch, client, PREFIX + number);
        this.client = client;
        this.name = PREFIX + number;
    }

    String name() {
        return name;
    }

    /// It is there since it was begun; Elasticsearch would create any index that is written to.
    @Override
    void ensure() {}

    /// Makes it, empty, whatever there was of it.
    @Override
    void renew() {
        complete();
        call(() -> client.indices().delete(delete -> delete.index(name).ignoreUnavailable(true)));
        create(name);
        call(() -> client.indices()
                .putSettings(put ->
                        put.index(name).settings(settings -> settings.refreshInterval(never -> never.time("-1")))));
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

    /// Lets searches find everything that was written.
    void refresh() {
        call(() -> client.indices().refresh(refresh -> refresh.index(name)));
    }

    /// The alias goes from all other indices to this one, in one step.
    void takeAlias() {
        call(() -> client.indices()
                .putSettings(put ->
                        put.index(name).settings(settings -> settings.refreshInterval(live -> live.time("1s")))));
        List<Action> actions = new ArrayList<>();
        behindAlias().stream()
                .filter(index -> !index.equals(name))
                .forEach(index -> actions.add(Action.of(
                        action -> action.remove(gone -> gone.index(index).alias(ALIAS)))));
        actions.add(Action.of(action -> action.add(added -> added.index(name).alias(ALIAS))));
        call(() -> client.indices().updateAliases(update -> update.actions(actions)));
    }

    boolean hasAlias() {
        return behindAlias().contains(name);
    }

    /// Deletes all indices of messages that are not read; none is being filled.
    void deleteOthers() {
        Set<String> read = behindAlias();
        if (read.isEmpty()) {
            return;
        }
        Set<String> all = get(() -> client.indices()
                        .get(get -> get.index(ALIAS + "-1*", PREFIX + "*")
                                .ignoreUnavailable(true)
                                .allowNoIndices(true)))
                .indices()
                .keySet();
        for (String index : all) {
            if (!read.contains(index)) {
                call(() -> client.indices().delete(delete -> delete.index(index).ignoreUnavailable(true)));
            }
        }
    }

    private Set<String> behindAlias() {
        if (!get(() -> client.indices().existsAlias(exists -> exists.name(ALIAS)))
                .value()) {
            return Set.of();
        }
        GetAliasResponse found = get(() -> client.indices().getAlias(alias -> alias.name(ALIAS)));
        return found.aliases().keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    /// A call of the client.
    interface Call<T> {
        T make() throws IOException;
    }

    private static void call(Call<?> call) {
        var _ = get(call);
    }

    /// @throws DataAccessResourceFailureException if Elasticsearch cannot be reached
    static <T> T get(Call<T> call) {
        try {
            return call.make();
        } catch (IOException down) {
            throw new DataAccessResourceFailureException("Elasticsearch cannot be reached", down);
        }
    }
}
