package dev.parley.command.session;

import dev.parley.command.dispatch.WrittenText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// Who is at the door, before they have said who they are.
///
/// @param address the IP address the request came from
/// @param client what the client calls itself (`User-Agent`), by which a user recognises the session;
///     at most 200 characters, null where it says nothing
public record Visitor(String address, @Nullable String client) {

    private static final int LONGEST_CLIENT = 200;

    public static Visitor of(HttpServletRequest request) {
        return new Visitor(request.getRemoteAddr(), client(request.getHeader(HttpHeaders.USER_AGENT)));
    }

    static @Nullable String client(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank() || !WrittenText.isStorable(userAgent)) {
            return null;
        }
        String text = userAgent.strip();
        boolean isLong = text.codePointCount(0, text.length()) > LONGEST_CLIENT;
        return isLong ? text.substring(0, text.offsetByCodePoints(0, LONGEST_CLIENT)) : text;
    }
}
