package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.Value.Nothing;
import dev.parley.axonserver.eventquery.Value.Numeric;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Exact decimal arithmetic to 34 digits. A quotient has the decimal places of the dividend, so that
/// `timestamp / 60000` is a whole number. `+` joins texts. With what is not there nothing can be computed.
final class Arithmetic {

    private static final MathContext DIGITS = MathContext.DECIMAL128;
    private static final int MAX_MAGNITUDE = 320;

    private Arithmetic() {}

    static Value compute(String operator, Value left, Value right, int position) {
        if (left instanceof Nothing || right instanceof Nothing) {
            return Value.NOTHING;
        }
        boolean numbers = Comparisons.numeric(left) && Comparisons.numeric(right);
        if (!numbers && operator.equals("+")) {
            return Texts.joined(left.text(), right.text(), position);
        }
        if (!numbers) {
            throw new QueryException(position, "\"" + operator + "\" needs numbers, and got a text or a list");
        }
        BigDecimal result = compute(operator, Comparisons.number(left), Comparisons.number(right), position);
        if (result.signum() != 0 && Math.abs((long) result.precision() - result.scale()) > MAX_MAGNITUDE) {
            throw new QueryException(position, "the result of \"" + operator + "\" is too large or too small");
        }
        return new Numeric(result.signum() == 0 ? BigDecimal.ZERO : result);
    }

    private static BigDecimal compute(String operator, BigDecimal left, BigDecimal right, int position) {
        return switch (operator) {
            case "+" -> left.add(right, DIGITS);
            case "-" -> left.subtract(right, DIGITS);
            case "*" -> left.multiply(right, DIGITS);
            case "/" -> left.divide(divisor(right, position), Math.max(0, left.scale()), RoundingMode.HALF_UP);
            default -> remainder(left, divisor(right, position));
        };
    }

    private static BigDecimal divisor(BigDecimal right, int position) {
        if (right.signum() == 0) {
            throw new QueryException(position, "this divides by zero");
        }
        return right;
    }

    /// Of the whole parts, as integer division leaves it.
    private static BigDecimal remainder(BigDecimal left, BigDecimal right) {
        BigDecimal divisor = right.setScale(0, RoundingMode.DOWN);
        return divisor.signum() == 0
                ? BigDecimal.ZERO
                : left.setScale(0, RoundingMode.DOWN).remainder(divisor);
    }
}
