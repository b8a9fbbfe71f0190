package dev.parley.query.paging;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the next page of a list starts, opaque to clients: Base64 (RFC 4648, section 5) of `<list>:<key>`. Most
/// keys are positions.
public final class Cursor {

    private Cursor() {}

    /// @param list names the list, so that a cursor of another one is refused
    public static String of(String list, long position) {
        return of(list, Long.toString(position));
    }

    /// @param key in ASCII
    public static String of(String list, String key) {
        byte[] plain = (list + ":" + key).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /// @return the position, `Long.MAX_VALUE` for the first page
    /// @throws RejectedException if it is no cursor of that list
    public static long position(String list, @Nullable String cursor) {
        return cursor == null ? Long.MAX_VALUE : key(list, cursor, Long::parseLong);
    }

    /// @param read the key as it is; what it throws as `IllegalArgumentException` is no key of the list
    /// @throws RejectedException if it is no cursor of that list
    public static <T> T key(String list, String cursor, Function<String, T> read) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (plain.startsWith(list + ":")) {
                return read.apply(plain.substring(list.length() + 1));
            }
        } catch (IllegalArgumentException notACursor) {
            // Refused below, as a cursor of another list is.
        }
        throw new RejectedException(Rejection.invalid("cursor", "The cursor is not one this list gave"));
    }
}
