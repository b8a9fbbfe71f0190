package dev.parley.query.search;

import java.util.ArrayList;
import java.util.List;

/// One thing that was searched for, as it is looked for again in the text of a message that was found.
///
/// @param text folded
/// @param begun true if it may be the beginning of a word, all of which is then marked
/// @param slips how many a word may have that stands for it where it is nowhere as it is
record Sought(String text, boolean begun, int slips) {

    /// Characters that are passed over in the time that one is compared.
    private static final int SCANNED = 16;

    /// In folded text.
    ///
    /// @param end exclusive
    record Place(int start, int end) {}

    /// What a message has of the clause, in any order: all words and phrases but those that are left out.
    static List<Sought> in(Clause clause) {
        return switch (clause) {
            case Clause.All all ->
                all.parts().stream().flatMap(part -> in(part).stream()).toList();
            case Clause.Any any ->
                any.parts().stream().flatMap(part -> in(part).stream()).toList();
            case Clause.Word word -> List.of(new Sought(word.text(), word.begun(), Typos.allowed(word.text())));
            case Clause.Phrase phrase -> List.of(new Sought(phrase.text(), false, 0));
            case Clause.Not not -> List.of();
            case Clause.Operator operator -> List.of();
        };
    }

    /// Where it is, in order and without overlap, as far as the effort goes.
    List<Place> places(String folded, Effort effort) {
        List<String> words = words(text);
        List<Place> places = new ArrayList<>();
        int from = 0;
        int start;
        while (!words.isEmpty()
                && effort.spend(words.getFirst().length())
                && (start = folded.indexOf(words.getFirst(), from)) >= 0
                && effort.spend((start - from) / SCANNED)) {
            int end = startsWord(folded, start) ? end(folded, start, words, effort) : -1;
            if (end > 0) {
                places.add(new Place(start, end));
            }
            from = Math.max(end, start + 1);
        }
        return places.isEmpty() && slips > 0 ? similar(folded, effort) : places;
    }

    /// Where the words that begin there end, or -1. Between two of them anything may be that is part of no word.
    private int end(String folded, int start, List<String> words, Effort effort) {
        int at = start;
        for (int i = 0; i < words.size(); i++) {
            int next = i == 0 ? at : skip(folded, at, false);
            if (!effort.spend(next - at + words.get(i).length())) {
                return -1;
            }
            if (!folded.startsWith(words.get(i), next) || i > 0 && next == at && !startsWord(folded, next)) {
                return -1;
            }
            at = next + words.get(i).length();
            if (i < words.size() - 1 && !endsWord(folded, at)) {
                return -1;
            }
        }
        while (begun && !endsWord(folded, at)) {
            at += Character.charCount(folded.codePointAt(at));
        }
        return endsWord(folded, at) ? at : -1;
    }

    private List<Place> similar(String folded, Effort effort) {
        List<Place> places = new ArrayList<>();
        int at = skip(folded, 0, false);
        while (at < folded.length() && !effort.isSpent()) {
            int end = at;
            while (end < folded.length() && Typos.isLetter(folded.codePointAt(end))) {
                end += Character.charCount(folded.codePointAt(end));
            }
            if (end > at && isSimilar(folded, at, end, effort)) {
                places.add(new Place(at, end));
            }
            at = skip(folded, end > at ? end : skip(folded, at, true), false);
        }
        return places;
    }

    private boolean isSimilar(String folded, int start, int end, Effort effort) {
        int length = end - start;
        // Slips are counted in letters, of which each is one or two characters.
        boolean mayBe = folded.charAt(start) == text.charAt(0)
                && length <= 2 * (text.length() + slips)
                && text.length() <= 2 * (length + slips);
        return effort.spend(mayBe ? length * text.length() : length)
                && mayBe
                && Typos.similar(text, folded.substring(start, end), slips);
    }

    /// Its words, which are all that is compared: letters, digits, emoji without what is between them.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int at = skip(text, 0, false);
        while (at < text.length()) {
            int end = skip(text, at, true);
            words.add(text.substring(at, end));
            at = skip(text, end, false);
        }
        return words;
    }

    /// The end of what is searchable, or is not.
    private static int skip(String text, int from, boolean searchable) {
        int at = from;
        while (at < text.length() && Letters.isSearchable(text.codePointAt(at)) == searchable) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean startsWord(String text, int at) {
        return at == 0 || !Letters.join(text.codePointBefore(at), text.codePointAt(at));
    }

    private static boolean endsWord(String text, int at) {
        return at == text.length() || !Letters.join(text.codePointBefore(at), text.codePointAt(at));
    }
}
