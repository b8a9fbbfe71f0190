package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.messages.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What people and analysts search with: turns what they type into queries for Elasticsearch. It knows nothing of who
/// may see what; whoever asks adds that as a filter.
@Component
public class Searches {

    /// @param query finds the messages
    /// @param marks marks what was searched for in `text` of a message that was found
    public record Compiled(Query query, Query marks) {}

    /// @param q as typed
    /// @param caller who is meant by `me`
    /// @throws dev.parley.messages.RejectedException `invalid`, field `q`
    public Compiled compile(@Nullable String q, AccountId caller) {
        SearchText text = SearchText.of(q);
        return new Compiled(text.query(), text.marks());
    }
}
