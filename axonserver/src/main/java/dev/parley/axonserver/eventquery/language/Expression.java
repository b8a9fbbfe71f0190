package dev.parley.axonserver.eventquery.language;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has a value for each row of a query. Positions are those of the first character that belongs to it, or of the
/// operator, from 0.
public sealed interface Expression {

    int position();

    /// How many levels it has.
    int depth();

    record Text(String value, int position) implements Expression {
        @Override
        public int depth() {
            return 1;
        }
    }

    record Numeral(BigDecimal value, int position) implements Expression {
        @Override
        public int depth() {
            return 1;
        }
    }

    /// A column, or an entry of one: `payloadType`, `metaData.user`.
    record Name(String name, int position) implements Expression {
        @Override
        public int depth() {
            return 1;
        }
    }

    /// `[a, b]`
    record Items(List<Column> items, int position, int depth) implements Expression {}

    /// A function, or an operator under its symbol; names are in lower case. `and` and `or` take any number of
    /// arguments.
    record Call(String function, List<Column> arguments, int position, int depth) implements Expression {}

    /// An expression and the name for its column, if it has been given one with `as`.
    record Column(Expression expression, @Nullable String alias) {

        static Column of(Expression expression) {
            return new Column(expression, null);
        }
    }
}
