package dev.parley.query.search;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;

/// Refusals of what was typed into a search. Each points at a character of it.
final class BadQuery {

    static final String FIELD = "q";

    private BadQuery() {}

    /// @param at in UTF-16 code units, from 0
    /// @param advice what to write instead
    static RejectedException at(int at, String advice) {
        return new RejectedException(Rejection.invalid(FIELD, at, advice));
    }
}
