package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.GetAliasResponse;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;

/// An index of messages that is filled beside the one that is read: `parley-messages-g<number>`. It is not refreshed
/// until it is complete, and a batch is written in several requests at once.
class NextIndex extends MessageIndex {

    /// Of each request.
    private static final int DOCUMENTS = 1_250;
    /// At once; Elasticsearch has to index, this process to decode facts.
    private static final int REQUESTS = 4;

    private static final String PREFIX = ALIAS + "-g";

    private final ElasticsearchClient client;
    private final String name;

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
        call(() -> client.indices().delete(delete -> delete.index(name).ignoreUnavailable(true)));
        create(name);
        call(() -> client.indices()
                .putSettings(put ->
                        put.index(name).settings(settings -> settings.refreshInterval(never -> never.time("-1")))));
    }

    @Override
    void write(Collection<MessageDocument> documents) {
        List<MessageDocument> all = List.copyOf(documents);
        List<Future<?>> requests = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(REQUESTS, Thread.ofVirtual().factory())) {
            for (int from = 0; from < all.size(); from += DOCUMENTS) {
                List<MessageDocument> some = all.subList(from, Math.min(all.size(), from + DOCUMENTS));
                requests.add(threads.submit(() -> super.write(some)));
            }
        }
        for (Future<?> request : requests) {
            await(request);
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
