package dev.parley.query.history;

import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;

/// The index of messages and the table of reactions.
class HistoryOracleIT extends OracleContract {

    private static final int ALL = 500;

    @Autowired
    private HistoryProjection projection;

    @Autowired
    private ElasticsearchOperations elasticsearch;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Fold fold() {
        return new HistoryOracle();
    }

    @Override
    protected Set<String> read(Story story) {
        elasticsearch.indexOps(MessageDocument.class).refresh();
        Set<String> state = new TreeSet<>();
        NativeQuery query = NativeQuery.builder()
                .withQuery(any -> any.bool(bool -> {
                    story.conversations().forEach(one -> bool.should(Visible.conversation(one)));
                    return bool;
                }))
                .withPageable(PageRequest.of(0, ALL))
                .build();
        elasticsearch.search(query, MessageDocument.class).stream()
                .map(hit -> line(hit.getContent()))
                .forEach(state::add);
        jdbc.query(
                "select conversation || ':' || message || ' ' || reaction || ' ' || account"
                        + " from query_side.reaction where not removed",
                row -> {
                    state.add(row.getString(1));
                });
        return state;
    }

    private static String line(MessageDocument it) {
        return HistoryOracle.line(
                it.id(),
                it.sender() + " " + it.seq() + " " + it.position() + " " + it.imported(),
                it.body(),
                list(it.mentions()),
                list(it.attached()),
                it.replyTo(),
                it.editedAt(),
                it.wordedAt(),
                it.lastPosition(),
                list(it.has()),
                it.isDeleted()
                        ? "null"
                        : new HistoryOracle.Findable(
                                Objects.requireNonNull(it.text()), list(it.scripts()), it.parts()));
    }

    private static <T> List<T> list(@Nullable List<T> some) {
        return some == null ? List.of() : some;
    }
}
