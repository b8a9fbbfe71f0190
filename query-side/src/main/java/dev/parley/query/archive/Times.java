package dev.parley.query.archive;

import dev.parley.query.paging.Parameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads times as analysts write them, in their time zone.
///
/// @param zone one that Elasticsearch knows, too
record Times(ZoneId zone) {

    /// Of the years 1 to 9999.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /// @param tz a name of the IANA data base or an offset such as `+02:00`; UTC if null
    /// @throws dev.parley.messages.RejectedException `invalid`, field `tz`
    static Times of(@Nullable String tz) {
        if (tz == null) {
            return new Times(ZoneOffset.UTC);
        }
        try {
            if (tz.length() <= 50) {
                return new Times(ZoneId.of(tz));
            }
        } catch (DateTimeException unknown) {
            // Refused below, as one that is too long is.
        }
        throw Parameters.invalid("tz", "A time zone such as Europe/Berlin or +02:00");
    }

    /// @param text an instant (ISO 8601, with its offset), or a day, which begins in the time zone
    /// @throws dev.parley.messages.RejectedException `invalid`
    Instant instant(String name, String text) {
        try {
            Instant instant = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : Instant.parse(text);
            if (!instant.isBefore(FIRST) && !instant.isAfter(LAST)) {
                return instant;
            }
        } catch (DateTimeException unreadable) {
            // Refused below, as one out of bounds is.
        }
        throw Parameters.invalid(name, "An instant such as 2004-11-15T09:30:00Z or a day such as 2004-11-15");
    }
}
