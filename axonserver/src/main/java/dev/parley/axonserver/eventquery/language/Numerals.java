package dev.parley.axonserver.eventquery.language;

import java.math.BigDecimal;

/// Numbers as they are written. Their size is bounded, because exact arithmetic with huge ones costs time and memory
/// without bound.
final class Numerals {

    private static final int MAX_DIGITS = 40;
    private static final int MAX_EXPONENT = 300;

    private Numerals() {}

    static BigDecimal parse(Token token) {
        String text = token.text();
        int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
        String exponent = exponentAt < 0 ? "0" : text.substring(exponentAt + 1);
        if (text.length() - exponent.length() > MAX_DIGITS
                || exponent.length() > 4
                || Math.abs(Integer.parseInt(exponent)) > MAX_EXPONENT) {
            throw new QueryException(token.position(), "this number is too long or too large");
        }
        return new BigDecimal(text);
    }
}
