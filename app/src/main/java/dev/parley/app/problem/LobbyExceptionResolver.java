package dev.parley.app.problem;

import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/// Answers whatever goes wrong on the lobby's paths in the lobby's form, what Spring refuses by itself (methods, media
/// types) included.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LobbyExceptionResolver implements HandlerExceptionResolver {

    private final JsonMapper json;

    LobbyExceptionResolver(JsonMapper json) {
        this.json = json;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!LobbyErrors.concern(request)) {
            return null;
        }
        try {
            LobbyErrors.write(response, rejection(failure), json);
        } catch (IOException gone) {
            throw new UncheckedIOException("The client is gone", gone);
        }
        return new ModelAndView();
    }

    private static Rejection rejection(Exception failure) {
        return failure instanceof ErrorResponse refused
                        && refused.getStatusCode().is4xxClientError()
                ? new Rejection(RejectionCode.INVALID, "The request is not one of the lobby's")
                : Failures.rejection(failure);
    }
}
