package dev.parley.notifications.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long a service asks to be left alone: RFC 9110, section 10.2.3, in seconds or until a date.
final class RetryAfter {

    private RetryAfter() {}

    /// @param headers names in any case; values a text, or several
    /// @return null where the service does not say, or says nothing one can read
    static @Nullable Duration of(Map<String, Object> headers) {
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase("retry-after")) {
                Object value = header.getValue();
                Object first = value instanceof Collection<?> several && !several.isEmpty()
                        ? several.iterator().next()
                        : value;
                return of(String.valueOf(first).strip(), Instant.now());
            }
        }
        return null;
    }

    static @Nullable Duration of(String value, Instant now) {
        if (value.matches("\\d{1,7}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
