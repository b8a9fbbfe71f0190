package dev.parley.command.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Some sessions of an account, newest first.
///
/// @param next where the next page starts; null after the last one
record SessionPage(
        List<SessionView> sessions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    private static final String LIST = "sessions:";

    /// Behind which session a page starts: opaque to clients, Base64 (RFC 4648, section 5) of
    /// `sessions:<opened at, ms>:<id>`.
    record Start(Instant openedAt, UUID id) {

        private static final Start FIRST = new Start(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

        /// @throws RejectedException `invalid`, field `before`
        static Start of(@Nullable String before) {
            if (before == null) {
                return FIRST;
            }
            try {
                String plain = new String(Base64.getUrlDecoder().decode(before), StandardCharsets.US_ASCII);
                int colon = plain.lastIndexOf(':');
                if (plain.startsWith(LIST) && colon >= LIST.length()) {
                    long millis = Long.parseLong(plain.substring(LIST.length(), colon));
                    UUID id = UUID.fromString(plain.substring(colon + 1));
                    if (millis >= 0 && millis < FIRST.openedAt().toEpochMilli()) {
                        return new Start(Instant.ofEpochMilli(millis), id);
                    }
                }
            } catch (IllegalArgumentException notOne) {
                // Refused below, as one of another list is.
            }
            throw new RejectedException(Rejection.invalid("before", "This is not a cursor that the list gave"));
        }

        static String after(SessionView last) {
            SessionId id = last.id();
            byte[] plain = (LIST + last.openedAt().toEpochMilli() + ":" + id).getBytes(StandardCharsets.US_ASCII);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
        }
    }

    /// @param oneMore up to one session more than the page has
    static SessionPage of(List<SessionView> oneMore, int limit) {
        if (oneMore.size() <= limit) {
            return new SessionPage(oneMore, null);
        }
        return new SessionPage(oneMore.subList(0, limit), Start.after(oneMore.get(limit - 1)));
    }

    /// @throws RejectedException `invalid`, field `limit`
    static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, as a number out of bounds is.
        }
        throw new RejectedException(Rejection.invalid("limit", "A whole number from 1 to " + MAX_LIMIT));
    }
}
