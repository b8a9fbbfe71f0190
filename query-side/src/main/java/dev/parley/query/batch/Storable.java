package dev.parley.query.batch;

/// Text that every store takes. Facts are written once and for all, so one that a store refuses would stop its
/// projection for ever.
public final class Storable {

    private static final char REPLACEMENT = '\uFFFD';

    private Storable() {}

    /// The text with U+0000, which PostgreSQL's `text` cannot hold, and surrogates without their other half, which
    /// UTF-8 cannot, replaced by U+FFFD. Its length stays the same.
    public static String text(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i)) {
                changed = changed == null ? new StringBuilder(text) : changed;
                changed.setCharAt(i, REPLACEMENT);
            }
        }
        return changed == null ? text : changed.toString();
    }

    private static boolean isStorable(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c != 0;
    }
}
