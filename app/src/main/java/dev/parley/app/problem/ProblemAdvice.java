package dev.parley.app.problem;

import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// The one place that turns what a request ended in into problem JSON.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException wrong) {
        return problems.answer(
                Rejection.invalid(wrong.getName(), "The value of '" + wrong.getName() + "' is malformed."));
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> failed(Exception failure) {
        return problems.answer(Failures.rejection(failure));
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var error = invalid.getBindingResult().getFieldError();
        return error == null
                ? problems.answer(new Rejection(RejectionCode.INVALID, "The request is not valid."))
                : problems.answer(Rejection.invalid(
                        error.getField(), "The field '" + error.getField() + "' " + error.getDefaultMessage() + "."));
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var first = invalid.getParameterValidationResults().getFirst();
        String name = String.valueOf(first.getMethodParameter().getParameterName());
        String reason = first.getResolvableErrors().getFirst().getDefaultMessage();
        return problems.answer(Rejection.invalid(name, "The value of '" + name + "' " + reason + "."));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return problems.answer(UnreadableBody.rejection(unreadable));
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String name = missing.getParameterName();
        return problems.answer(Rejection.invalid(name, "The parameter '" + name + "' is missing."));
    }

    /// Everything else Spring refuses by itself (unknown paths, methods, media types) bears a code, too.
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            RejectionCode code =
                    status.isSameCodeAs(HttpStatus.NOT_FOUND) ? RejectionCode.NOT_FOUND : RejectionCode.INVALID;
            problem.setProperty("code", code.text());
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
