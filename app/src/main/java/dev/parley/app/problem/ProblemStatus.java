package dev.parley.app.problem;

import dev.parley.messages.RejectionCode;
import org.springframework.http.HttpStatus;

/// The HTTP status of each rejection: the one place that decides it.
final class ProblemStatus {

    private ProblemStatus() {}

    static HttpStatus of(RejectionCode code) {
        return switch (code) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED, BAD_CREDENTIALS -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN, NOT_A_MEMBER -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case USERNAME_TAKEN,
                    ALREADY_A_MEMBER,
                    CONVERSATION_FULL,
                    SEAT_TAKEN,
                    MESSAGE_ID_REUSED,
                    TOO_MANY_REACTIONS -> HttpStatus.CONFLICT;
            case MESSAGE_ID_EXPIRED, MESSAGE_DELETED, MESSAGE_TOO_OLD -> HttpStatus.GONE;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
