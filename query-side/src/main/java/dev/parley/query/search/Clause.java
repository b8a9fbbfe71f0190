package dev.parley.query.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was typed, understood. Each part knows where it begins in the text, in UTF-16 code units from 0.
sealed interface Clause {

    int at();

    /// A part that names something other than words.
    sealed interface Operator extends Clause {}

    /// All of it must hold.
    record All(List<Clause> parts, int at) implements Clause {}

    /// One of it must hold.
    record Any(List<Clause> parts, int at) implements Clause {}

    record Not(Clause part, int at) implements Clause {}

    /// What is between two spaces: one word, or several that punctuation holds together.
    ///
    /// @param text folded, from its first letter to its last
    /// @param begun true for the last word while it is being typed: what begins with it counts too
    record Word(String text, boolean begun, int at) implements Clause {}

    /// Words in quotes: next to one another and as they are.
    ///
    /// @param text folded
    record Phrase(String text, int at) implements Clause {}

    /// @param who as typed
    record From(String who, int at) implements Operator {}

    /// @param who as typed
    record To(String who, int at) implements Operator {}

    /// @param who as typed
    record Mentions(String who, int at) implements Operator {}

    /// @param where as typed
    record In(String where, int at) implements Operator {}

    /// @param from inclusive
    /// @param until exclusive
    record Said(@Nullable Instant from, @Nullable Instant until, int at) implements Operator {}

    /// @param what as it is indexed
    record Has(String what, int at) implements Operator {}
}
