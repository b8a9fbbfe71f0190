package dev.parley.delivery.frames;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import org.jspecify.annotations.Nullable;

/// What a client said. One JSON object a text frame; unknown fields are ignored.
public sealed interface ClientFrame {

    /// The first frame.
    ///
    /// @param position the last position the device has seen, -1 for none; null to start at the newest
    /// @param window how many unacknowledged events the device can take; null for the default
    record Hello(
            String token,
            String device,
            @Nullable Long position,
            @Nullable Integer window) implements ClientFrame {
        @Override
        public String toString() {
            return "Hello[device=" + device + "]";
        }
    }

    record Send(MessageId id, ConversationId conversation, String body) implements ClientFrame {
        @Override
        public String toString() {
            return "Send[id=" + id + "]";
        }
    }

    /// Everything up to the position was received.
    record Ack(long position) implements ClientFrame {}

    record Typing(ConversationId conversation, boolean on) implements ClientFrame {}

    record Reauth(String token) implements ClientFrame {
        @Override
        public String toString() {
            return "Reauth[]";
        }
    }

    record Ping() implements ClientFrame {}

    /// A JSON object with a type, but not a good frame of that type.
    ///
    /// @param id the request's id, to be echoed, if there was one
    record Refused(String type, @Nullable String id, Rejection rejection) implements ClientFrame {}

    /// Not a JSON object with a type.
    record Broken() implements ClientFrame {}
}
