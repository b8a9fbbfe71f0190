package dev.parley.query.search;

/// What may be spent on showing one hit, counted in characters that are looked at: texts and queries that fit each
/// other
/// badly take their product otherwise. Used by one thread.
final class Effort {

    /// A few dozen times the longest body.
    private static final int CHARACTERS = 500_000;

    private int left = CHARACTERS;

    /// Takes that much of what is left.
    ///
    /// @return whether it was enough
    boolean spend(int characters) {
        left = characters > left ? 0 : left - characters;
        return left > 0;
    }

    boolean isSpent() {
        return left == 0;
    }
}
