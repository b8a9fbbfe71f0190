package dev.parley.messages;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a command or request was refused: the same codes in problem JSON and in WebSocket `problem` frames.
public enum RejectionCode {
    /// A field is missing, of the wrong type or out of its bounds; the rejection names it.
    INVALID,
    /// No token, or one that is not good.
    UNAUTHENTICATED,
    /// The user name or the password is wrong; which of them is not told.
    BAD_CREDENTIALS,
    /// Known, but not allowed.
    FORBIDDEN,
    /// It does not exist, or the caller may not know that it does.
    NOT_FOUND,
    /// The user name is held by another account.
    USERNAME_TAKEN,
    /// The caller is no member of the conversation.
    NOT_A_MEMBER,
    /// The account is a member already.
    ALREADY_A_MEMBER,
    /// The conversation has as many members as it may.
    CONVERSATION_FULL,
    /// Somebody holds this seat of the game.
    SEAT_TAKEN,
    /// The message id was used before with other content.
    MESSAGE_ID_REUSED,
    /// The message id is too old to tell whether it was used before.
    MESSAGE_ID_EXPIRED,
    /// The message was deleted.
    MESSAGE_DELETED,
    /// The message is not among the recent ones, which alone can be changed.
    MESSAGE_TOO_OLD,
    /// The message has as many kinds of reaction as it may, or all the recent messages of the
    /// conversation together have as many reactions, or as much text of different ones, as they may.
    TOO_MANY_REACTIONS,
    /// The message body, frame or request is over its limit.
    TOO_LARGE,
    /// Asked too often; the rejection says when to ask again.
    RATE_LIMITED,
    /// The server cannot do it now; it is safe to try again.
    UNAVAILABLE,
    /// A fault of the server, logged there.
    INTERNAL;

    /// As clients see it: `message-id-reused`.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
