package dev.parley.delivery.frames;

import org.springframework.web.socket.CloseStatus;

/// Why the server closes a socket. 4000 to 4499: come back, after a while that grows with each failure. 4500 to 4999:
/// do not come back before something changed.
public enum CloseCode {
    /// The node shuts down; `goaway` said when to return.
    GOING_AWAY(4000, "going away"),
    /// No `hello` in time.
    HELLO_TIMEOUT(4001, "no hello in time"),
    /// Neither a frame nor a pong for too long.
    SILENT(4002, "silent for too long"),
    /// The token or the position cannot be checked now, or which socket of the device is the newest is in
    /// doubt.
    UNAVAILABLE(4003, "unavailable, try again"),
    /// The device sends, but does not read its answers.
    ANSWERS_UNREAD(4004, "answers are not read"),
    /// This node holds as many sockets as it may.
    NODE_FULL(4005, "too many sockets on this node"),
    /// A fault of the server, logged there.
    FAULT(4006, "internal fault"),

    /// The token is unknown, ended or expired, or is another account's.
    UNAUTHENTICATED(4500, "unauthenticated"),
    /// A newer socket of the same account and device took over.
    REPLACED(4501, "replaced by a newer socket"),
    /// Not JSON, not an object, or without a `type`.
    BAD_FRAME(4502, "not a JSON object with a type"),
    /// Frames are text.
    BINARY_FRAME(4503, "binary frame"),
    /// Over the limit for a frame.
    TOO_LARGE(4504, "frame too large"),
    /// Something else came before `hello`.
    HELLO_EXPECTED(4505, "hello expected"),
    /// A field of `hello` is missing or wrong, or it came twice; the reason names it.
    BAD_HELLO(4506, "bad hello"),
    /// The position is beyond the newest event: it was not got from this server.
    POSITION_UNKNOWN(4507, "position beyond the log"),
    /// The account holds as many sockets as it may.
    TOO_MANY_SOCKETS(4508, "too many sockets of this account");

    /// RFC 6455, section 5.5: a control frame carries 125 bytes, two of them the code.
    private static final int MAX_REASON = 123;

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /// Whether the client may connect again by itself.
    public boolean comeBack() {
        return code < 4500;
    }

    public CloseStatus status() {
        return new CloseStatus(code, reason);
    }

    /// @param detail ASCII, cut where it is too long
    public CloseStatus status(String detail) {
        String text = reason + ": " + detail;
        return new CloseStatus(code, text.substring(0, Math.min(text.length(), MAX_REASON)));
    }
}
