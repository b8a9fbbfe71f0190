package dev.parley.query.history;

import dev.parley.messages.MessageId;
import dev.parley.query.paging.Parameters;
import org.jspecify.annotations.Nullable;

/// A place in a conversation that a client names: a message by its id, or a `seq`, at which there need be none.
///
/// @param message null for a `seq`
/// @param seq from 0; 0 for a message
record Place(@Nullable MessageId message, long seq) {

    /// @throws dev.parley.messages.RejectedException `invalid` if it is neither
    static Place of(String text) {
        Long seq = text.indexOf('-') > 0 ? null : Parameters.natural("around", text);
        return seq == null ? new Place(Parameters.message("around", text), 0) : new Place(null, seq);
    }
}
