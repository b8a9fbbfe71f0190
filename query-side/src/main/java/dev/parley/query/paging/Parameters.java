package dev.parley.query.paging;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Request parameters read with their bounds. Each refusal is `invalid` and names the parameter.
public final class Parameters {

    /// Elements of a page where the request does not say.
    public static final int DEFAULT_LIMIT = 50;
    /// Elements of a page at most.
    public static final int MAX_LIMIT = 200;

    private Parameters() {}

    /// Elements of a page, 1 to [#MAX_LIMIT].
    public static int limit(@Nullable String text) {
        return limit(text, MAX_LIMIT);
    }

    /// Elements of a page, 1 to `max`.
    public static int limit(@Nullable String text, int max) {
        return text == null ? DEFAULT_LIMIT : (int) number("limit", text, 1, max);
    }

    /// A whole number from 0, or null where there is none.
    public static @Nullable Long natural(String name, @Nullable String text) {
        return text == null ? null : (Long) number(name, text, 0, Long.MAX_VALUE);
    }

    public static ConversationId conversation(String name, String text) {
        try {
            return ConversationId.of(text);
        } catch (IllegalArgumentException notAnId) {
            throw invalid(name, "A conversation's id is a UUID");
        }
    }

    public static AccountId account(String name, String text) {
        try {
            return AccountId.of(text);
        } catch (IllegalArgumentException notAnId) {
            throw invalid(name, "An account's id is a UUID");
        }
    }

    public static MessageId message(String name, String text) {
        try {
            return MessageId.of(text);
        } catch (IllegalArgumentException notAnId) {
            throw invalid(name, "A message's id is a UUID of version 7");
        }
    }

    /// A time zone by its name or offset, UTC where there is none.
    public static ZoneId zone(String name, @Nullable String text) {
        try {
            return text == null ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException notAZone) {
            throw invalid(name, "A time zone such as Europe/Berlin or +05:30");
        }
    }

    /// The account that calls, as the app authenticated it.
    ///
    /// @throws RejectedException `unauthenticated` where nobody is
    public static AccountId caller(@Nullable Principal principal) {
        if (principal == null) {
            throw new RejectedException(RejectionCode.UNAUTHENTICATED, "A token is needed");
        }
        return AccountId.of(principal.getName());
    }

    public static RejectedException invalid(String name, String detail) {
        return new RejectedException(Rejection.invalid(name, detail));
    }

    private static long number(String name, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, as a number out of bounds is.
        }
        throw invalid(
                name,
                max == Long.MAX_VALUE ? "A whole number from " + min : "A whole number from " + min + " to " + max);
    }
}
