package dev.parley.notifications.policy;

import dev.parley.messages.ConversationId;
import dev.parley.notifications.presence.DeviceKey;
import org.jspecify.annotations.Nullable;

/// A registered device of somebody who is or was a member.
///
/// @param from position of the joining, exclusive
/// @param to position of the leaving, exclusive; null while a member
record Candidate(
        ConversationId conversation,
        DeviceKey device,
        long from,
        @Nullable Long to) {

    boolean memberAt(long position) {
        return from < position && (to == null || position < to);
    }
}
