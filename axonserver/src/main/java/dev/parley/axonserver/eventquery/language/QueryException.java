package dev.parley.axonserver.eventquery.language;

/// A query that cannot be understood or cannot be computed. The message says what is wrong and where.
public final class QueryException extends RuntimeException {

    private final int position;

    /// @param position in the text of the query, from 0
    public QueryException(int position, String what) {
        super("At character " + (position + 1) + " of the query: " + what, null, false, false);
        this.position = position;
    }

    /// Where, from 0.
    public int position() {
        return position;
    }
}
