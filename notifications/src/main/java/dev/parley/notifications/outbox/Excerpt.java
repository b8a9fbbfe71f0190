package dev.parley.notifications.outbox;

/// The beginning of what was said, as a lock screen shows it.
public final class Excerpt {

    /// Of the body; with the titles it stays far below the 4 KiB of a push.
    private static final int CODE_POINTS = 200;

    private Excerpt() {}

    /// Cut between code points.
    ///
    /// @return empty for a message of attachments alone
    public static String of(String body) {
        if (body.codePointCount(0, body.length()) <= CODE_POINTS) {
            return body;
        }
        return body.substring(0, body.offsetByCodePoints(0, CODE_POINTS - 1)) + "…";
    }
}
