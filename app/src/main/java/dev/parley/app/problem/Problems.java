package dev.parley.app.problem;

import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Makes problem JSON (RFC 9457) of rejections: `{title, status, detail, code, field?, position?}`.
@Component
public class Problems {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    ResponseEntity<Object> answer(Rejection rejection) {
        ProblemDetail problem = problem(rejection);
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .headers(headers -> {
                    String wait = retryAfter(rejection);
                    if (wait != null) {
                        headers.set(HttpHeaders.RETRY_AFTER, wait);
                    }
                })
                .body(problem);
    }

    /// Answers from a filter, where no controller advice reaches, in the form that the path is known for.
    public void write(HttpServletRequest request, HttpServletResponse response, Rejection rejection)
            throws IOException {
        if (LobbyErrors.concern(request)) {
            LobbyErrors.write(response, rejection, json);
            return;
        }
        ProblemDetail problem = problem(rejection);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String wait = retryAfter(rejection);
        if (wait != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, wait);
        }
        json.writeValue(response.getOutputStream(), problem);
    }

    /// The header's value (RFC 9110, section 10.2.3): whole seconds, rounded up.
    ///
    /// @return null where it makes no sense to try again
    static @Nullable String retryAfter(Rejection rejection) {
        Duration wait = rejection.retryAfter();
        if (wait != null) {
            return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
        }
        return rejection.code() == RejectionCode.UNAVAILABLE ? RETRY_AFTER_SECONDS : null;
    }

    private static ProblemDetail problem(Rejection rejection) {
        HttpStatus status = ProblemStatus.of(rejection.code());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, rejection.detail());
        problem.setTitle(status.getReasonPhrase());
        problem.setProperty("code", rejection.code().text());
        if (rejection.field() != null) {
            problem.setProperty("field", rejection.field());
        }
        if (rejection.position() != null) {
            problem.setProperty("position", rejection.position());
        }
        return problem;
    }
}
