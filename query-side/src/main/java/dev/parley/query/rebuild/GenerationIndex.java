package dev.parley.query.rebuild;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.ContentTooLongException;
import org.springframework.dao.DataAccessResourceFailureException;

/// The index of a generation, `<alias>-g<number>`, beside the one that the alias names. It is not
/// refreshed until it is complete. All can be repeated.
///
/// @param alias what is read and written by its name
/// @param first the name, or its beginning, of indexes that no rebuild made
public record GenerationIndex(ElasticsearchClient client, String alias, String first, int number) {

    public String name() {
        return alias + "-g" + number;
    }

    /// Makes it, empty, whatever there was of it.
    ///
    /// @param create makes an index of this name
    /// @throws IllegalArgumentException if it is the one that is read: the count of generations is an old one
    public void create(Runnable create) {
        if (hasAlias()) {
            throw new IllegalArgumentException(name() + " is read already; the next rebuild takes another name");
        }
        call(() -> client.indices().delete(delete -> delete.index(name()).ignoreUnavailable(true)));
        create.run();
        refreshEach("-1");
    }

    /// Lets searches find everything that was written.
    public void refresh() {
        call(() -> client.indices().refresh(refresh -> refresh.index(name())));
    }

    /// How many documents it has, as of the last refresh.
    public long count() {
        return call(() -> client.count(count -> count.index(name()))).count();
    }

    /// The alias goes from all other indexes to this one, in one step.
    public void takeAlias() {
        refreshEach("1s");
        List<Action> actions = new ArrayList<>();
        if (isIndex()) {
            actions.add(Action.of(action -> action.removeIndex(gone -> gone.index(alias))));
        }
        behindAlias().stream()
                .filter(index -> !index.equals(name()))
                .forEach(index -> actions.add(Action.of(
                        action -> action.remove(gone -> gone.index(index).alias(alias)))));
        actions.add(Action.of(action -> action.add(added -> added.index(name()).alias(alias))));
        call(() -> client.indices().updateAliases(update -> update.actions(actions)));
    }

    public boolean hasAlias() {
        return behindAlias().contains(name());
    }

    /// Deletes all of the alias's indexes that are not read; none is being filled.
    public void deleteOthers() {
        Set<String> read = behindAlias();
        if (read.isEmpty()) {
            return;
        }
        call(() -> client.indices()
                        .get(get -> get.index(first + "*", alias + "-g*")
                                .ignoreUnavailable(true)
                                .allowNoIndices(true)))
                .indices()
                .keySet()
                .stream()
                .filter(index -> !read.contains(index))
                .forEach(index -> call(() ->
                        client.indices().delete(delete -> delete.index(index).ignoreUnavailable(true))));
    }

    private void refreshEach(String time) {
        call(() -> client.indices()
                .putSettings(put ->
                        put.index(name()).settings(settings -> settings.refreshInterval(each -> each.time(time)))));
    }

    /// Whether something made an index of the alias's name, in place of one that was lost.
    private boolean isIndex() {
        return call(() -> client.indices().exists(exists -> exists.index(alias)))
                        .value()
                && behindAlias().isEmpty();
    }

    private Set<String> behindAlias() {
        if (!call(() -> client.indices().existsAlias(exists -> exists.name(alias)))
                .value()) {
            return Set.of();
        }
        return Set.copyOf(call(() -> client.indices().getAlias(get -> get.name(alias)))
                .aliases()
                .keySet());
    }

    /// Whether an answer had more than the client takes, 100 MB: a smaller request may be answered.
    public static boolean isTooLong(DataAccessResourceFailureException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof ContentTooLongException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /// A request to Elasticsearch.
    public interface Call<T> {
        T make() throws IOException;
    }

    /// @throws DataAccessResourceFailureException if Elasticsearch cannot be reached
    public static <T> T call(Call<T> call) {
        try {
            return call.make();
        } catch (IOException down) {
            throw new DataAccessResourceFailureException("Elasticsearch cannot be reached", down);
        }
    }
}
