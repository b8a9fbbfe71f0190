package dev.parley.query.search;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.Collection;
import java.util.List;

/// Who and where is meant by the names of a query. What is not known is an empty answer, and so is what whoever asks
/// may not know.
interface Directory {

    /// Accounts of that name, or of that id.
    ///
    /// @param name a user name, `me`, an archived nick with or without its archive, or an account's id
    List<AccountId> people(String name);

    /// Conversations whose title has these words, that have this id, or direct ones with somebody of this name.
    List<ConversationId> conversations(String name);

    /// Direct conversations with any of these people.
    List<ConversationId> directs(Collection<AccountId> people);
}
