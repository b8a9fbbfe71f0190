package dev.parley.notifications.outbox;

import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.time.Instant;

/// A message that some device is owed a push for.
///
/// @param seq in its conversation
/// @param position in the store
/// @param expires when a ring for it is not worth anything any more
public record OwedMessage(MessageSent sent, long seq, long position, Instant expires) {}
