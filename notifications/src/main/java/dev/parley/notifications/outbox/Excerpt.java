package dev.parley.notifications.outbox;

/// The beginning of what was said, as a lock screen shows it.
public final class Excerpt {

    /// Of the body; with the titles it stays far below the 4 KiB of a push.
    private static final int BODY_CODE_POINTS = 200;
    private static final int TITLE_CODE_POINTS = 100;

    private Excerpt() {}

    /// Cut between code points.
    ///
    /// @return empty for a message of attachments alone
    public static String of(String body) {
        return cut(body, BODY_CODE_POINTS);
    }

    /// Who said it, and in which group, cut likewise.
    static String ofTitle(String title) {
        return cut(title, TITLE_CODE_POINTS);
    }

    private static String cut(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
