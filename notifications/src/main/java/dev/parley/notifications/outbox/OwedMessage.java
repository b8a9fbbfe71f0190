package dev.parley.notifications.outbox;

import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.time.Instant;

/// A message that some device is owed a push for.
///
/// @param position in the store
/// @param expires when a ring for it is not worth anything any more
public record OwedMessage(MessageSent sent, long position, Instant expires) {

    /// Of the body; with the titles it stays far below the 4 KiB of a push.
    private static final int EXCERPT_CODE_POINTS = 200;

    /// The beginning of the body, cut between code points.
    String excerpt() {
        String body = sent.body();
        if (body.codePointCount(0, body.length()) <= EXCERPT_CODE_POINTS) {
            return body;
        }
        return body.substring(0, body.offsetByCodePoints(0, EXCERPT_CODE_POINTS - 1)) + "…";
    }
}
