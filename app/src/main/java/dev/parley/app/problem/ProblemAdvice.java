package dev.parley.app.problem;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.sql.SQLTransientException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.messaging.HandlerExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// The one place that turns what a request ended in into problem JSON. Faults are logged here, once, and answered
/// without their internals.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler(RejectedException.class)
    ResponseEntity<Object> rejected(RejectedException rejected) {
        return problems.answer(rejected.rejection());
    }

    @ExceptionHandler(HandlerExecutionException.class)
    ResponseEntity<Object> refusedByAHandler(HandlerExecutionException refused) {
        return refused.<Object>getDetails()
                .filter(Rejection.class::isInstance)
                .map(Rejection.class::cast)
                .map(problems::answer)
                .orElseGet(() -> fault(refused));
    }

    @ExceptionHandler({
        AxonServerException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class,
        SQLTransientException.class
    })
    ResponseEntity<Object> unavailable(Exception unavailable) {
        LOG.atWarn()
                .addKeyValue("cause", unavailable.getClass().getSimpleName())
                .log("A request failed because a backing server did not answer");
        return problems.answer(new Rejection(RejectionCode.UNAVAILABLE, "The server cannot do this now; try again."));
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException wrong) {
        return problems.answer(
                Rejection.invalid(wrong.getName(), "The value of '" + wrong.getName() + "' is malformed."));
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> fault(Exception fault) {
        LOG.atError().setCause(fault).log("A request failed");
        return problems.answer(new Rejection(RejectionCode.INTERNAL, "The server failed; the fault was logged."));
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
