package dev.parley.axonserver.eventquery;

/// A compiled expression.
interface Eval {

    /// Its value for a row.
    ///
    /// @throws dev.parley.axonserver.eventquery.language.QueryException if it cannot be computed for it
    Value of(Fields row);
}
