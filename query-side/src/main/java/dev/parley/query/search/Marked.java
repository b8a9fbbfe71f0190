package dev.parley.query.search;

import dev.parley.query.history.Folding;
import java.util.ArrayList;
import java.util.List;

/// Turns the marks that Elasticsearch set in the folded text into parts of the original body around the first mark.
/// Parts are plain text, so that a page shows them without reading any of it as markup.
public final class Marked {

    /// Set by Elasticsearch before and after a word; folded text holds no control characters.
    public static final String MARK = "\u0001";
    public static final String UNMARK = "\u0002";

    private static final int LENGTH = 240;
    private static final int BEFORE = 60;

    private Marked() {}

    /// A piece of the body.
    ///
    /// @param hit true for what was searched for
    public record Part(String text, boolean hit) {}

    private record Range(int start, int end) {}

    /// @param marked the folded body with marks; without any, the start of the body is one part
    public static List<Part> of(String body, String marked) {
        List<Range> hits = ranges(Folding.of(body), marked);
        int first = hits.isEmpty() ? 0 : hits.getFirst().start();
        int from = boundary(body, first <= BEFORE ? 0 : first - BEFORE);
        int to = boundary(body, Math.min(body.length(), from + LENGTH));

        List<Part> parts = new ArrayList<>();
        int at = from;
        for (Range hit : hits) {
            int start = Math.max(at, hit.start());
            int end = Math.min(to, hit.end());
            if (start < end) {
                add(parts, body.substring(at, start), false);
                add(parts, body.substring(start, end), true);
                at = end;
            }
        }
        add(parts, body.substring(at, to), false);
        return parts;
    }

    private static void add(List<Part> parts, String text, boolean hit) {
        if (!text.isEmpty()) {
            parts.add(new Part(text, hit));
        }
    }

    private static List<Range> ranges(Folding folding, String marked) {
        List<Range> ranges = new ArrayList<>();
        int folded = 0;
        int start = -1;
        int length = folding.text().length();
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == MARK.charAt(0)) {
                start = folded;
            } else if (c == UNMARK.charAt(0)) {
                if (start >= 0 && start < folded && folded <= length) {
                    ranges.add(new Range(folding.start(start), folding.end(folded - 1)));
                }
                start = -1;
            } else {
                folded++;
            }
        }
        return ranges;
    }

    /// Not between the halves of a surrogate pair.
    private static int boundary(String text, int index) {
        boolean splits = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
        return splits ? index - 1 : index;
    }
}
