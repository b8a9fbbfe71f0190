package dev.parley.axonserver.http;

import com.sun.net.httpserver.Headers;
import dev.parley.axonserver.access.AccessControl;
import dev.parley.axonserver.access.AccessTokens;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may ask.
///
/// With access tokens: who shows one of an administrator. Without: who reaches the node under a name that is surely its
/// own. A page in a browser may give a name of its own the node's address (DNS rebinding), but then it calls the node
/// by that name. Other pages can send it GET but not read the answer, and cannot send it PATCH: it grants nothing to
/// other origins.
final class Callers {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private final AccessTokens tokens;
    private final Set<String> hosts;

    /// @param hosts names of the node
    Callers(AccessTokens tokens, Set<String> hosts) {
        this.tokens = tokens;
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /// Whether administrators have to show their token.
    boolean controlled() {
        return tokens.required();
    }

    /// @return null if the caller may have it
    @Nullable
    Reply refusal(Route route, Headers headers) {
        if (!tokens.required()) {
            return calledByItsName(headers)
                    ? null
                    : Reply.problem(
                            421,
                            "Misdirected request",
                            "This node does not go by the name in the header Host; see parley.axonserver.http.hosts",
                            "");
        }
        return route.open() ? null : tokenRefusal(headers);
    }

    private @Nullable Reply tokenRefusal(Headers headers) {
        String token = headers.getFirst(AccessControl.HEADER);
        if (token == null || token.isEmpty()) {
            return Reply.problem(
                    403,
                    "Forbidden",
                    "An administrator's token is wanted in the header " + AccessControl.HEADER,
                    "AXONIQ-1000");
        }
        AccessTokens.Grant grant = tokens.find(token);
        return grant != null && grant.admin()
                ? null
                : Reply.problem(403, "Forbidden", "The access token is not an administrator's", "AXONIQ-1001");
    }

    private boolean calledByItsName(Headers headers) {
        List<String> named = headers.get("Host");
        if (named == null || named.size() != 1) {
            return false;
        }
        String host = PORT.matcher(named.getFirst().toLowerCase(Locale.ROOT)).replaceFirst("");
        return host.equals("localhost")
                || hosts.contains(host)
                || ADDRESS.matcher(host).matches();
    }
}
