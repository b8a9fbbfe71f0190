package dev.parley.query.history;

import dev.parley.query.batch.Storable;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a document holds of a body: itself, and what is made of it to be found.
///
/// @param text [folded](Folding)
/// @param parts null where [Segments] adds nothing
/// @param scripts null where it has no letters
/// @param link whether it holds an address of the web: one with `http://`, `https://`, `ftp://` or `www.`
record Wording(
        String body,
        String text,
        @Nullable String parts,
        @Nullable List<String> scripts,
        boolean link) {

    private static final Pattern LINK = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:(?:https?|ftp)://|www\\.)[\\p{L}\\p{N}\\[]", Pattern.CASE_INSENSITIVE);

    /// @param said as it is in the fact
    static Wording of(String said) {
        String body = Storable.text(said);
        String text = Folding.fold(body);
        String parts = Segments.parts(text);
        List<String> scripts = Scripts.of(body);
        return new Wording(
                body,
                text,
                parts.isEmpty() ? null : parts,
                scripts.isEmpty() ? null : scripts,
                mayLink(text) && LINK.matcher(body).find());
    }

    /// Rules out most texts at little cost.
    private static boolean mayLink(String folded) {
        return folded.contains("://") || folded.contains("www.");
    }
}
