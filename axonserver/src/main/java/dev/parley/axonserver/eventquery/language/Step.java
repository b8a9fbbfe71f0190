package dev.parley.axonserver.eventquery.language;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;

/// What is between two bars of a query.
public sealed interface Step {

    int position();

    /// Only the events of the last so many units before the query. Of months and years there are whole ones only.
    record TimeWindow(BigDecimal amount, ChronoUnit unit, int position) implements Step {}

    /// A filter, a projection, or a function over all rows, such as `limit`.
    record Apply(Expression.Column column) implements Step {
        @Override
        public int position() {
            return column.expression().position();
        }
    }
}
