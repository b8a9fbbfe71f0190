package dev.parley.delivery.frames;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.SessionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the server says. `type` comes first; absent values are left out.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerFrame {

    /// The answer to `hello` and `reauth`.
    ///
    /// @param session names the login, without giving access
    /// @param position what follows is behind it
    /// @param heartbeatSeconds the server pings this often
    @JsonTypeName("welcome")
    record Welcome(AccountId account, SessionId session, long position, long heartbeatSeconds) implements ServerFrame {}

    /// One event of a conversation.
    ///
    /// @param seq the event's place in its conversation; absent for a fact about a member
    /// @param at ISO 8601 with milliseconds
    /// @param event one of seventeen kinds, which [EventFrames] names
    /// @param data by the kind of event
    @JsonTypeName("event")
    record Event(
            long position,
            ConversationId conversation,
            @Nullable Long seq,
            String at,
            String event,
            Object data) implements ServerFrame {}

    /// Everything up to the position has been sent; what follows is live.
    @JsonTypeName("caught_up")
    record CaughtUp(long position) implements ServerFrame {}

    /// What a request asked for is on disk.
    ///
    /// @param id of the request
    /// @param seq of the event that says so; of a `read` the one that it names
    @JsonTypeName("accepted")
    record AcceptedFrame(MessageId id, ConversationId conversation, long seq, String at) implements ServerFrame {
        public static AcceptedFrame of(ClientFrame.Request request, long seq, Instant at) {
            return new AcceptedFrame(request.id(), request.conversation(), seq, FrameWriter.time(at));
        }
    }

    /// A request was refused.
    ///
    /// @param id of the request, if it had one
    /// @param field of the request that is to blame, if one is
    /// @param retryAfterMs the same request may succeed after it; absent where it will not
    @JsonTypeName("problem")
    record Problem(
            @Nullable String id,
            RejectionCode code,
            String detail,
            @Nullable String field,
            @Nullable Long retryAfterMs) implements ServerFrame {
        public static Problem of(@Nullable String id, Rejection rejection) {
            Duration retryAfter = rejection.retryAfter();
            return new Problem(
                    id,
                    rejection.code(),
                    rejection.detail(),
                    rejection.field(),
                    retryAfter == null ? null : retryAfter.toMillis());
        }

        public static Problem unavailable(@Nullable String id, String detail, long retryAfterMs) {
            return new Problem(id, RejectionCode.UNAVAILABLE, detail, null, retryAfterMs);
        }
    }

    /// @param position everything up to it has been sent: it may be acknowledged and resumed from
    @JsonTypeName("pong")
    record Pong(long position) implements ServerFrame {}

    /// Something passing, never stored and the first to be dropped.
    ///
    /// @param signal `typing`
    @JsonTypeName("signal")
    record Signal(String signal, ConversationId conversation, AccountId account, boolean on) implements ServerFrame {}

    /// An account that shares a conversation with the device's came or went; lossy, as every signal.
    ///
    /// @param signal `presence`
    /// @param lastActive of one that went, if it is known
    @JsonTypeName("signal")
    record PresenceSignal(
            String signal,
            AccountId account,
            boolean online,
            @Nullable String lastActive) implements ServerFrame {
        public static PresenceSignal of(AccountId account, boolean online, @Nullable Instant lastActive) {
            return new PresenceSignal(
                    "presence", account, online, lastActive == null ? null : FrameWriter.time(lastActive));
        }
    }

    /// What is known about the device's push token; after a `hello`, where there is something to say.
    ///
    /// @param state `dropped`: nothing is pushed to this device until its app registers a token anew
    /// @param reason the push service's word, like `Unregistered`
    /// @param at when it was learnt
    @JsonTypeName("push")
    record PushState(String state, String reason, String at) implements ServerFrame {
        public static PushState dropped(String reason, Instant at) {
            return new PushState("dropped", reason, FrameWriter.time(at));
        }
    }

    /// The node shuts down. Reconnect after the first time and a random part of the second.
    @JsonTypeName("goaway")
    record GoAway(long reconnectAfterMs, long spreadMs) implements ServerFrame {}
}
