package dev.parley.query.search;

/// A piece of what was typed.
///
/// @param at where it begins
sealed interface Token {

    int at();

    /// @param text not empty, without spaces
    /// @param last true if the text ends with it
    record Bare(String text, boolean last, int at) implements Token {}

    /// @param text what is between the quotes
    record Quoted(String text, int at) implements Token {}

    /// `from:ann`
    ///
    /// @param value not empty
    /// @param valueAt where the value begins
    record Named(Name name, String value, int valueAt, int at) implements Token {}

    /// `-`
    record Minus(int at) implements Token {}

    /// `OR`
    record Or(int at) implements Token {}

    /// `(`
    record Open(int at) implements Token {}

    /// `)`
    record Close(int at) implements Token {}

    /// The operators; in a query they are written in letters of any case.
    enum Name {
        FROM,
        TO,
        IN,
        BEFORE,
        AFTER,
        ON,
        HAS,
        MENTIONS
    }
}
