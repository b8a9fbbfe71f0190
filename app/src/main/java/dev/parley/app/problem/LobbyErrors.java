package dev.parley.app.problem;

import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// Errors in the form that the lobby's clients know, on the lobby's paths: `{"message":"Error: bad request"}`.
///
/// | rejection | status |
/// |---|---|
/// | anything wrong with the request, unknown games and methods included | 400 |
/// | no token, a bad one, bad credentials | 401 |
/// | name or seat taken, not allowed | 403 |
/// | asked too often | 429 with `Retry-After` |
/// | all else | 500 |
final class LobbyErrors {

    private static final Set<String> PATHS = Set.of("/user", "/session", "/game", "/db");

    private LobbyErrors() {}

    static boolean concern(HttpServletRequest request) {
        return PATHS.contains(
                request.getRequestURI().substring(request.getContextPath().length()));
    }

    static void write(HttpServletResponse response, Rejection rejection, JsonMapper json) throws IOException {
        HttpStatus status = status(rejection);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        String wait = Problems.retryAfter(rejection);
        if (status == HttpStatus.TOO_MANY_REQUESTS && wait != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, wait);
        }
        json.writeValue(response.getOutputStream(), Map.of("message", "Error: " + text(status, rejection)));
    }

    private static HttpStatus status(Rejection rejection) {
        return switch (rejection.code()) {
            case INVALID,
                    NOT_FOUND,
                    TOO_LARGE,
                    NOT_A_MEMBER,
                    ALREADY_A_MEMBER,
                    CONVERSATION_FULL,
                    MESSAGE_ID_REUSED,
                    MESSAGE_ID_EXPIRED,
                    MESSAGE_DELETED,
                    MESSAGE_TOO_OLD,
                    TOO_MANY_REACTIONS -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED, BAD_CREDENTIALS -> HttpStatus.UNAUTHORIZED;
            case USERNAME_TAKEN, SEAT_TAKEN, FORBIDDEN -> HttpStatus.FORBIDDEN;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE, INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static String text(HttpStatus status, Rejection rejection) {
        return switch (status) {
            case BAD_REQUEST -> "bad request";
            case UNAUTHORIZED -> "unauthorized";
            case FORBIDDEN -> rejection.code() == RejectionCode.FORBIDDEN ? "forbidden" : "already taken";
            case TOO_MANY_REQUESTS -> "too many requests";
            default -> "the server cannot do this now";
        };
    }
}
