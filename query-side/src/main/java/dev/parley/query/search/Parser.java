package dev.parley.query.search;

import dev.parley.query.history.Folding;
import dev.parley.query.search.Clause.All;
import dev.parley.query.search.Clause.Any;
import dev.parley.query.search.Clause.Not;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Understands what was typed:
///
/// ```
/// all     = any any ...
/// any     = part "OR" part ...        binds tighter than the space: a b OR c  is  a (b OR c)
/// part    = ["-"] ( word | quoted | operator | "(" all ")" )
/// ```
///
/// Punctuation by itself is passed over, with its minus.
final class Parser {

    static final int MAX_LENGTH = 500;
    /// Words, phrases and operators.
    static final int MAX_TERMS = 50;

    private static final List<String> HAS = List.of("link", "attachment", "reaction");

    private final List<Token> tokens;
    private final Days days;
    private int next;
    private int terms;

    private Parser(List<Token> tokens, Days days) {
        this.tokens = tokens;
        this.days = days;
    }

    /// @throws dev.parley.messages.RejectedException `invalid`, field `q`, with a position within the text
    static Clause parse(String text, Days days) {
        if (text.length() > MAX_LENGTH) {
            throw BadQuery.at(MAX_LENGTH, "Write at most " + MAX_LENGTH + " characters");
        }
        Clause clause = new Parser(Lexer.split(text), days).all(0);
        if (clause == null) {
            throw BadQuery.at(0, "Write a word to search for; punctuation alone is not found");
        }
        requirePositive(clause);
        return clause;
    }

    private @Nullable Clause all(int at) {
        List<Clause> parts = new ArrayList<>();
        while (next < tokens.size() && !(tokens.get(next) instanceof Token.Close)) {
            Clause part = any();
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.size() > 1 ? new All(parts, at) : parts.isEmpty() ? null : parts.getFirst();
    }

    private @Nullable Clause any() {
        int at = tokens.get(next).at();
        List<Clause> parts = new ArrayList<>();
        add(parts, part());
        while (next < tokens.size() && tokens.get(next) instanceof Token.Or or) {
            next++;
            if (next == tokens.size() || tokens.get(next) instanceof Token.Close) {
                throw lone(or);
            }
            add(parts, part());
        }
        return parts.size() > 1 ? new Any(parts, at) : parts.isEmpty() ? null : parts.getFirst();
    }

    private static void add(List<Clause> parts, @Nullable Clause part) {
        if (part != null) {
            parts.add(part);
        }
    }

    private @Nullable Clause part() {
        if (tokens.get(next) instanceof Token.Minus minus) {
            next++;
            Clause part = single(true);
            return part == null ? null : new Not(part, minus.at());
        }
        return single(false);
    }

    private @Nullable Clause single(boolean negated) {
        Token token = tokens.get(next++);
        return switch (token) {
            case Token.Bare bare -> word(bare, negated);
            case Token.Quoted quoted -> phrase(quoted);
            case Token.Named named -> operator(named);
            case Token.Open open -> group(open);
            case Token.Or or -> throw lone(or);
            case Token.Minus minus -> throw BadQuery.at(minus.at(), "Write one minus, right before a word");
            case Token.Close close -> throw BadQuery.at(close.at(), "Write a word before this parenthesis");
        };
    }

    private @Nullable Clause group(Token.Open open) {
        Clause group = all(open.at());
        if (next == tokens.size()) {
            throw BadQuery.at(open.at(), "Close this parenthesis, or put it in quotes");
        }
        next++;
        return group;
    }

    private @Nullable Clause word(Token.Bare bare, boolean negated) {
        String folded = trim(Folding.fold(bare.text()));
        if (folded.isEmpty()) {
            return null;
        }
        count(bare.at(), WordQueries.units(folded).size());
        boolean typing = bare.last()
                && !negated
                && Letters.isSearchable(bare.text().codePointBefore(bare.text().length()));
        return new Clause.Word(folded, typing, bare.at());
    }

    private Clause phrase(Token.Quoted quoted) {
        String folded = Folding.fold(quoted.text());
        if (!Letters.isSearchable(folded)) {
            throw BadQuery.at(quoted.at(), "Write a word between the quotes; punctuation alone is not found");
        }
        count(quoted.at(), 1);
        return new Clause.Phrase(folded, quoted.at());
    }

    private Clause operator(Token.Named named) {
        count(named.at(), 1);
        int at = named.at();
        String value = named.value().strip();
        return switch (named.name()) {
            case FROM -> new Clause.From(value, at);
            case TO -> new Clause.To(value, at);
            case MENTIONS -> new Clause.Mentions(value, at);
            case IN -> new Clause.In(value, at);
            case BEFORE ->
                new Clause.Said(null, days.read(value, named.valueAt()).from(), at);
            case AFTER -> new Clause.Said(days.read(value, named.valueAt()).until(), null, at);
            case ON -> {
                Days.Period period = days.read(value, named.valueAt());
                yield new Clause.Said(period.from(), period.until(), at);
            }
            case HAS -> has(value.toLowerCase(Locale.ROOT), named);
        };
    }

    private static Clause has(String value, Token.Named named) {
        if (!HAS.contains(value)) {
            throw BadQuery.at(named.valueAt(), "Write has:link, has:attachment or has:reaction");
        }
        return new Clause.Has(value, named.at());
    }

    /// @param words it is looked for by
    private void count(int at, int words) {
        terms += words;
        if (terms > MAX_TERMS) {
            throw BadQuery.at(at, "Write at most " + MAX_TERMS + " words");
        }
    }

    /// Everything but what is not there would be too much to find, or to find beside something else.
    private static void requirePositive(Clause clause) {
        switch (clause) {
            case Not not -> throw BadQuery.at(not.at(), "Write what to find, too, and not only what to leave out");
            case Any any -> any.parts().forEach(Parser::requirePositive);
            case All all -> {
                if (all.parts().stream().allMatch(Not.class::isInstance)) {
                    requirePositive(all.parts().getFirst());
                }
                all.parts().stream()
                        .map(part -> part instanceof Not not ? not.part() : part)
                        .forEach(Parser::requirePositive);
            }
            case Clause.Word word -> {}
            case Clause.Phrase phrase -> {}
            case Clause.Operator operator -> {}
        }
    }

    private static String trim(String text) {
        int start = 0;
        while (start < text.length() && !Letters.isSearchable(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        int end = text.length();
        while (end > start && !Letters.isSearchable(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static RuntimeException lone(Token.Or or) {
        return BadQuery.at(or.at(), "Write a word on both sides of OR, or or in small letters for the word itself");
    }
}
