package dev.parley.notifications.gateway;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.PushTarget;
import java.time.Instant;
import java.util.UUID;

/// One ring for one device.
///
/// @param id the outbox row, the same for every attempt, so that a repeat rings once
/// @param text what the lock screen shows
/// @param expires the push service drops it then
public record PushNotification(UUID id, PushTarget target, Subject subject, Text text, Instant expires) {

    /// What it is about, for the app that opens it.
    ///
    /// @param conversation also the collapse id: a newer message of it replaces an older one on the lock screen
    /// @param position where the message is in the store, for catching up
    public record Subject(MessageId message, ConversationId conversation, long position) {}

    /// What the lock screen shows.
    ///
    /// @param title who wrote, and in which group
    /// @param body the beginning of the message
    public record Text(String title, String body) {

        @Override
        public String toString() {
            return "Text[***]";
        }
    }
}
