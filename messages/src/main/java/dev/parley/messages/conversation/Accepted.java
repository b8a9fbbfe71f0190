package dev.parley.messages.conversation;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import java.time.Instant;

/// The answer to a message that is on disk.
///
/// @param seq its place in the conversation, dense from 0
/// @param at the time it bears for everybody
public record Accepted(MessageId id, ConversationId conversation, long seq, Instant at) {}
