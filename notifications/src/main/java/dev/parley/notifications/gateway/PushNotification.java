package dev.parley.notifications.gateway;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.PushTarget;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One push for one device.
///
/// @param id the outbox row, the same for every attempt, so that a repeat rings once
/// @param expires the push service drops it then
public record PushNotification(UUID id, PushTarget target, Subject subject, Content content, Instant expires) {

    /// What it is about, for the app that gets it.
    ///
    /// @param message null where it is about everything up to `seq`
    /// @param conversation also the collapse id: a newer message of it replaces an older one on the
    ///     lock screen
    /// @param seq where the message is in the conversation, or up to where the conversation was read
    /// @param position of the fact in the store, for catching up
    public record Subject(@Nullable MessageId message, ConversationId conversation, long seq, long position) {}

    /// What the device is to do.
    public sealed interface Content {

        /// How many conversations are unread, for the app's icon.
        ///
        /// @return null where the icon shows that already, or where nobody could tell
        @Nullable
        Integer badge();
    }

    /// Ring, and show it on the lock screen.
    ///
    /// @param title who wrote, and in which group
    /// @param body the beginning of the message; null for an account that wants none of it in the
    ///     payload
    public record Alert(
            String title,
            @Nullable String body,
            Urgency urgency,
            @Nullable Integer badge) implements Content {

        @Override
        public String toString() {
            return "Alert[***, urgency=" + urgency + ", badge=" + badge + "]";
        }
    }

    /// Take back, without a sound, what is on the lock screen: it was read on another device, or
    /// deleted.
    public record Withdrawal(@Nullable Integer badge) implements Content {}

    /// How much it may disturb.
    public enum Urgency {
        ORDINARY,
        /// It calls its reader by name.
        MENTION
    }
}
