package dev.parley.axonserver.eventquery;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// One value out of those of many rows. What is not there does not count.
sealed interface Aggregate {

    void add(Value value);

    Value value();

    /// How many values there are; of truths how many are true, of lists the sum of their items.
    final class Count implements Aggregate {
        private long count;

        @Override
        public void add(Value value) {
            count += switch (value) {
                case Value.Nothing nothing -> 0;
                case Value.Truth truth -> truth.isTrue() ? 1 : 0;
                case Value.Items(List<Value> items) ->
                    items.stream()
                            .filter(item -> !(item instanceof Value.Nothing))
                            .count();
                default -> 1;
            };
        }

        @Override
        public Value value() {
            return Value.of(count);
        }
    }

    /// The smallest or the largest.
    final class Extreme implements Aggregate {
        private final int sign;
        private Value best = Value.NOTHING;

        /// @param sign negative for the smallest, positive for the largest
        Extreme(int sign) {
            this.sign = sign;
        }

        @Override
        public void add(Value value) {
            if (!(value instanceof Value.Nothing)
                    && (best instanceof Value.Nothing || Comparisons.compare(value, best) * sign > 0)) {
                best = value;
            }
        }

        @Override
        public Value value() {
            return best;
        }
    }

    /// The mean of the numbers among them, to 8 decimal places.
    final class Average implements Aggregate {
        private static final int DECIMALS = 8;

        private BigDecimal sum = BigDecimal.ZERO;
        private long count;

        @Override
        public void add(Value value) {
            if (Comparisons.numeric(value)) {
                sum = sum.add(Comparisons.number(value), MathContext.DECIMAL128);
                count++;
            }
        }

        @Override
        public Value value() {
            return count == 0
                    ? Value.NOTHING
                    : new Value.Numeric(sum.divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_DOWN)
                            .stripTrailingZeros());
        }
    }
}
