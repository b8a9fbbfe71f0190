package dev.parley.query.search;

import dev.parley.query.history.Folding;
import dev.parley.query.search.Sought.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Shows a body, or a piece of it around the first place that was searched for, in parts.
final class Marked {

    private static final int LENGTH = 240;
    private static final int BEFORE = 60;

    private Marked() {}

    /// @param sought what to mark; if nothing of it is there, or it cannot be found with reasonable [Effort], the start
    /// of
    ///     the body is one part
    static List<Part> of(String body, List<Sought> sought) {
        List<Place> hits = hits(body, sought);
        int first = hits.isEmpty() ? 0 : hits.getFirst().start();
        int from = boundary(body, first <= BEFORE ? 0 : first - BEFORE);
        int to = boundary(body, Math.min(body.length(), from + LENGTH));

        List<Part> parts = new ArrayList<>();
        int at = from;
        for (Place hit : hits) {
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

    /// In the original body, by where they begin.
    private static List<Place> hits(String body, List<Sought> sought) {
        if (sought.isEmpty() || body.isEmpty()) {
            return List.of();
        }
        Folding folding = Folding.of(body);
        String folded = folding.text();
        Effort effort = new Effort();
        return sought.stream()
                .flatMap(one -> one.places(folded, effort).stream())
                .map(place -> new Place(folding.start(place.start()), folding.end(place.end() - 1)))
                .sorted(Comparator.comparingInt(Place::start).thenComparing(Place::end, Comparator.reverseOrder()))
                .toList();
    }

    /// Not between the halves of a surrogate pair.
    private static int boundary(String text, int index) {
        boolean splits = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
        return splits ? index - 1 : index;
    }
}
