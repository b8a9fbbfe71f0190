package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.messages.AccountId;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Storable;
import dev.parley.query.paging.Parameters;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What people, analysts and auditors search with: turns what they type, in the language of docs/search.md, into
/// queries
/// for Elasticsearch. It knows nothing of who may see what; whoever asks adds that as a filter. Thread-safe.
@Component
public class Searches {

    private final Function<Asker, Directory> directories;
    private final Clock clock;

    @Autowired
    Searches(JdbcClient jdbc, QuerySideSchema schema) {
        this(asker -> new PostgresDirectory(jdbc, asker.account(), asker.reach() == Reach.OWN), Clock.systemUTC());
    }

    Searches(Function<Asker, Directory> directories, Clock clock) {
        this.directories = directories;
        this.clock = clock;
    }

    /// Which conversations `in:` and `to:` can mean.
    public enum Reach {
        /// Those that the caller is a member of now.
        OWN,
        /// All there are.
        ALL
    }

    /// @param account who is `me`
    /// @param zone where a day of `on:`, `before:` and `after:` begins
    public record Asker(AccountId account, Reach reach, ZoneId zone) {}

    /// @param query finds the messages, but those that were deleted. Its scores depend on nothing but message and query
    /// @param marks shows what was searched for in a message that was found
    /// @param words false where there are only operators, so that all messages score the same
    public record Compiled(Query query, Marks marks, boolean words) {}

    /// Shows a body, or a piece of 240 characters around the first hit.
    public interface Marks {

        /// @param body as it was said
        List<Part> in(String body);
    }

    /// Asks PostgreSQL once or twice for each name in the query.
    ///
    /// @param q as typed
    /// @throws dev.parley.messages.RejectedException `invalid`, field `q`, with the position of the fault; who or
    ///     what is not known is no fault
    public Compiled compile(@Nullable String q, Asker asker) {
        if (q == null || q.isBlank()) {
            throw Parameters.invalid(BadQuery.FIELD, "Say what to search for");
        }
        Clause clause = Parser.parse(Storable.text(q), Days.at(clock.instant(), asker.zone()));
        Query found = new Compiler(directories.apply(asker)).compile(clause);
        List<Sought> sought = Sought.in(clause);
        return new Compiled(present(found), body -> Marked.of(body, sought), !sought.isEmpty());
    }

    private static Query present(Query found) {
        return Query.of(q -> q.bool(bool -> bool.must(found)
                .mustNot(gone -> gone.term(term -> term.field("deleted").value(true)))));
    }
}
