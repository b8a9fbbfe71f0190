package dev.parley.notifications.explain;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The row before a page, opaque to clients: Base64 (RFC 4648, section 5) of `push:<created>/<id>`.
///
/// @param created to the microsecond, as PostgreSQL keeps it
record PageKey(Instant created, UUID id) {

    private static final String LIST = "push:";
    /// Before the first page: newer than every row.
    private static final PageKey START = new PageKey(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    static PageKey of(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            int slash = plain.indexOf('/');
            if (plain.startsWith(LIST) && slash > 0) {
                Instant created = Instant.parse(plain.substring(LIST.length(), slash));
                return new PageKey(created, UUID.fromString(plain.substring(slash + 1)));
            }
        } catch (IllegalArgumentException | DateTimeParseException notACursor) {
            // Refused below, as a cursor of another list is.
        }
        throw new RejectedException(Rejection.invalid("cursor", "The cursor is not one this list gave"));
    }

    String cursor() {
        byte[] plain = (LIST + created + "/" + id).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }
}
