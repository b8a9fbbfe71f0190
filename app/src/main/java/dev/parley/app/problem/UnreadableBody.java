package dev.parley.app.problem;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.databind.DatabindException;

/// What is wrong with a body that could not be read, naming the field where Jackson knows it.
final class UnreadableBody {

    private UnreadableBody() {}

    static Rejection rejection(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedException rejected) {
                return rejected.rejection();
            }
            if (cause instanceof DatabindException databind
                    && !databind.getPath().isEmpty()) {
                String field = path(databind);
                return Rejection.invalid(field, "The field '" + field + "' has a value of the wrong type or form.");
            }
        }
        return new Rejection(RejectionCode.INVALID, "The body is not the JSON object this request takes.");
    }

    /// `members[2].username`
    private static String path(DatabindException databind) {
        return databind.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
