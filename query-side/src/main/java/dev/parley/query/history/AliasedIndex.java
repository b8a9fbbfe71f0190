package dev.parley.query.history;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.IndexOperations;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.index.AliasAction;
import org.springframework.data.elasticsearch.core.index.AliasActionParameters;
import org.springframework.data.elasticsearch.core.index.AliasActions;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;

/// An index of messages that is read and written through an alias, so that another generation can be filled beside it.
/// It is made when it is needed. Thread-safe.
public final class AliasedIndex {

    private static final Logger log = LoggerFactory.getLogger(AliasedIndex.class);
    /// The shape of an index of which nobody knows what is missing; no code makes it.
    private static final String INCOMPLETE = "incomplete";

    private final ElasticsearchOperations elasticsearch;
    private final MadeIndexes made;
    private final String alias;
    private final String first;
    private final Supplier<Document> mapping;
    private volatile boolean present;

    /// @param first the name of the index that no rebuild made
    /// @param mapping the caller's to change
    public AliasedIndex(
            ElasticsearchOperations elasticsearch,
            MadeIndexes made,
            String alias,
            String first,
            Supplier<Document> mapping) {
        this.elasticsearch = elasticsearch;
        this.made = made;
        this.alias = alias;
        this.first = first;
        this.mapping = mapping;
    }

    /// Tells what this code writes into an index; a new index keeps it (`_meta`).
    public String shape() {
        return MessageForms.shape(mapping.get());
    }

    /// Whether documents in the index that is read were written by code that makes other ones, or some are missing
    /// since an index was lost, as far as is known.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch cannot be asked
    public boolean isOutdated() {
        return !MessageForms.isOf(shape(), operations(alias).getMapping());
    }

    /// An empty index for what this code writes, without alias.
    public void create(String name) {
        create(name, shape());
    }

    private void create(String name, String shape) {
        operations(name).create(MessageForms.settings(), MessageForms.marked(shape, mapping.get()));
    }

    /// Makes sure that index and alias are there, by asking at most once, and that an index of before has the fields
    /// that came later, which its documents do without. It can be repeated and run on several nodes.
    ///
    /// @throws org.springframework.dao.DataAccessException if Elasticsearch or PostgreSQL cannot be asked
    public void ensure() {
        if (present) {
            return;
        }
        boolean wasThere = !made.add(alias);
        if (operations(alias).exists()) {
            operations(alias).putMapping(mapping.get());
        } else {
            if (wasThere) {
                log.atError()
                        .addKeyValue("index", alias)
                        .log("An index is gone, and with it what was said so far: build its projection anew");
            }
            createFirst(wasThere ? INCOMPLETE : shape());
            operations(first).alias(new AliasActions(add(first)));
        }
        present = true;
    }

    private void createFirst(String shape) {
        IndexOperations index = operations(first);
        if (index.exists()) {
            return;
        }
        try {
            create(first, shape);
        } catch (UncategorizedElasticsearchException refused) {
            // Another node was first, or nobody was.
            if (!index.exists()) {
                throw refused;
            }
        }
    }

    /// Lets [#ensure] ask again, after a request that failed.
    public void doubt() {
        present = false;
    }

    /// Takes all documents away: an empty index gets the alias in one step with the removal of all that were there
    /// before, so that readers find the one or the other. It names what it removes, and an index that is gone makes
    /// all of it fail: of two nodes that do it at once, one fails.
    ///
    /// @throws org.springframework.dao.DataAccessException if it was not done; it can be repeated
    public void renew() {
        String fresh = first + "-" + UUID.randomUUID();
        AliasActions actions = new AliasActions(add(fresh));
        IndexOperations all = operations(alias);
        Stream.concat(
                        all.getAliases(alias).keySet().stream(),
                        all.getAliasesForIndex(first + "*").keySet().stream()
                                .filter(name -> name.equals(first) || name.startsWith(first + "-")))
                .distinct()
                .forEach(name -> actions.add(new AliasAction.RemoveIndex(
                        AliasActionParameters.builder().withIndices(name).build())));
        create(fresh);
        operations(fresh).alias(actions);
        made.add(alias);
        present = true;
    }

    private AliasAction add(String index) {
        return new AliasAction.Add(AliasActionParameters.builder()
                .withIndices(index)
                .withAliases(alias)
                .build());
    }

    private IndexOperations operations(String name) {
        return elasticsearch.indexOps(IndexCoordinates.of(name));
    }
}
