package dev.parley.delivery.frames;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.Attachment;
import java.util.List;
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

    /// Asks for something, and is answered once: with `accepted` or `problem`, which bear its id.
    sealed interface Request extends ClientFrame {

        /// Made by the client.
        MessageId id();

        ConversationId conversation();
    }

    /// A request that is done in its turn: those of one socket to one conversation keep their order.
    sealed interface Change extends Request {}

    /// @param mentions at most [Fields#MAX_MENTIONS]
    /// @param attachments at most [Fields#MAX_ATTACHMENTS]
    record Send(
            MessageId id,
            ConversationId conversation,
            String body,
            @Nullable MessageId replyTo,
            List<AccountId> mentions,
            List<Attachment> attachments)
            implements Change {
        @Override
        public String toString() {
            return "Send[id=" + id + "]";
        }
    }

    /// @param id becomes the id of the edit
    record Edit(MessageId id, ConversationId conversation, MessageId message, String body, List<AccountId> mentions)
            implements Change {
        @Override
        public String toString() {
            return "Edit[id=" + id + ", message=" + message + "]";
        }
    }

    /// @param seq where the message is in the conversation, if the client says so
    record Delete(
            MessageId id,
            ConversationId conversation,
            MessageId message,
            @Nullable Long seq) implements Change {}

    record React(MessageId id, ConversationId conversation, MessageId message, String reaction) implements Change {
        @Override
        public String toString() {
            return "React[id=" + id + ", message=" + message + "]";
        }
    }

    record Unreact(MessageId id, ConversationId conversation, MessageId message, String reaction) implements Change {
        @Override
        public String toString() {
            return "Unreact[id=" + id + ", message=" + message + "]";
        }
    }

    /// The account has read everything up to a place in the conversation.
    record Read(MessageId id, ConversationId conversation, long seq) implements Request {}

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
