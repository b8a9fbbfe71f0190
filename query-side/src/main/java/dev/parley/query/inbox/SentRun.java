package dev.parley.query.inbox;

import dev.parley.messages.ConversationId;

/// A row of `query_side.sent_run`: where messages begin to be sent one after the other. With these rows the messages
/// sent up to any place can be counted without a row for each of them.
///
/// @param firstSeq of the first message of the run
/// @param before messages that were sent before it
record SentRun(ConversationId conversation, long firstSeq, long before) {}
