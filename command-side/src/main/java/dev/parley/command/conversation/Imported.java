package dev.parley.command.conversation;

import dev.parley.messages.MessageId;

/// How far the import into a conversation is.
///
/// @param highest the last imported id; ids of an import rise
/// @param line the last line, from 1
record Imported(String archive, MessageId highest, long count, long line) {}
