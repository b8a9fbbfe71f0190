package dev.parley.query.letters;

import dev.parley.query.batch.UnprojectableException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.springframework.data.elasticsearch.BulkFailureException;
import org.springframework.data.elasticsearch.BulkFailureException.FailureDetails;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;

/// Says why a fact cannot be projected without any text that people wrote, which messages of databases and parsers
/// quote: what they say in codes, and where in the code it was.
final class PlainCause {

    private static final Pattern FIELD = Pattern.compile("field \\[[A-Za-z.]{1,60}] of type \\[[a-z_]{1,30}]");

    private PlainCause() {}

    static ThrowableCause of(Throwable failure) {
        Throwable told = failure;
        for (int depth = 0; !isTelling(told) && told.getCause() != null && depth < 50; depth++) {
            told = told.getCause();
        }
        return new ThrowableCause(told.getClass().getSimpleName(), detail(told));
    }

    private static boolean isTelling(Throwable cause) {
        return cause instanceof SQLException
                || cause instanceof BulkFailureException
                || cause instanceof UncategorizedElasticsearchException
                || cause instanceof UnprojectableException;
    }

    private static String detail(Throwable told) {
        return switch (told) {
            case SQLException refused -> "PostgreSQL refused it with SQLSTATE " + refused.getSQLState();
            case BulkFailureException refused ->
                "Elasticsearch refused it: "
                        + refused.getFailedDocuments().values().stream()
                                .limit(1)
                                .map(PlainCause::item)
                                .collect(Collectors.joining());
            case UncategorizedElasticsearchException refused ->
                "Elasticsearch refused it with status " + refused.getStatusCode();
            case UnprojectableException contradiction -> String.valueOf(contradiction.getMessage());
            default -> "at " + place(told);
        };
    }

    private static String item(FailureDetails item) {
        Matcher field = FIELD.matcher(String.valueOf(item.errorMessage()));
        return "status " + item.status() + (field.find() ? ", " + field.group() : "");
    }

    private static String place(Throwable told) {
        return Arrays.stream(told.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.parley."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }
}
