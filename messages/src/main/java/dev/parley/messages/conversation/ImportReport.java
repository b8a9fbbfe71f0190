package dev.parley.messages.conversation;

import dev.parley.messages.ConversationId;

/// How far an import is.
///
/// @param imported messages of this batch that became events
/// @param skipped messages of this batch that were imported before
/// @param total messages imported into the conversation so far
/// @param line the last line imported so far, 0 for none
public record ImportReport(ConversationId conversation, int imported, int skipped, long total, long line) {}
