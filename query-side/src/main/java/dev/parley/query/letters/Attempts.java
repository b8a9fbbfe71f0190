package dev.parley.query.letters;

import org.axonframework.messaging.MetaData;

/// How often a letter's fact was tried and failed, kept in the letter's diagnostics. One that waits behind another was
/// never tried.
final class Attempts {

    private static final String KEY = "attempts";

    static final MetaData ONE = MetaData.with(KEY, 1);

    private Attempts() {}

    static int of(MetaData diagnostics) {
        return diagnostics.get(KEY) instanceof Number attempts ? attempts.intValue() : 0;
    }

    static MetaData oneMore(MetaData diagnostics) {
        return diagnostics.and(KEY, of(diagnostics) + 1);
    }
}
