package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.language.Expression;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `match`: whether a text as a whole is described by a regular expression of Java. Patterns come from strangers, and
/// some need exponential time or deep stacks, so that each match has a deadline and can be cancelled.
final class Matching {

    private static final class TooLong extends RuntimeException {
        TooLong() {
            super(null, null, false, false);
        }
    }

    private Matching() {}

    static Eval compile(Eval value, String regex, Expression where, Budget budget) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new QueryException(
                    where.position(), "this is no regular expression: " + e.getDescription() + " near " + e.getIndex());
        } catch (StackOverflowError e) {
            throw new QueryException(where.position(), "this regular expression is nested too deep");
        }
        return row -> {
            Value text = value.of(row);
            return Value.of(!(text instanceof Value.Nothing) && matches(pattern, text.text(), where, budget));
        };
    }

    private static boolean matches(Pattern pattern, String text, Expression where, Budget budget) {
        try {
            return pattern.matcher(new Watched(text, 0, text.length(), new Reads(budget)))
                    .matches();
        } catch (TooLong e) {
            throw new QueryException(where.position(), "this regular expression takes too long for one of the events");
        } catch (StackOverflowError e) {
            throw new QueryException(
                    where.position(), "this regular expression needs too much memory for one of the events");
        }
    }

    /// Counts the characters that a match looks at, and looks at the clock now and then.
    private static final class Reads {
        private static final int CLOCK_MASK = 0xFFF;

        private final Budget budget;
        private int count;

        Reads(Budget budget) {
            this.budget = budget;
        }

        void one() {
            if ((++count & CLOCK_MASK) == 0 && budget.spent()) {
                throw new TooLong();
            }
        }
    }

    private record Watched(String text, int start, int end, Reads reads) implements CharSequence {
        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            reads.one();
            return text.charAt(start + index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Watched(text, start + from, start + to, reads);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
