package dev.parley.query.batch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.BulkFailureException;
import org.springframework.data.elasticsearch.BulkFailureException.FailureDetails;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;

/// Tells failures that come again however often a fact is projected from those that pass: of servers
/// that are down, busy, full or not set up. In doubt a failure passes, because a projection or a
/// rebuild that waits can be helped, and thousands of letters after an outage are no help. Elasticsearch refuses
/// documents one by one; where it refuses a whole request, that is an index that is closed or of another form.
public final class Faults {

    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    /// Not the document's fault: who asks, where, and when.
    private static final Set<Integer> PASSING = Set.of(401, 403, 404, 408, 429);
    /// Classes of SQLSTATE: data exception, integrity constraint violation, program limit exceeded
    /// (<https://www.postgresql.org/docs/17/errcodes-appendix.html>).
    private static final Set<String> DATA = Set.of("22", "23", "54");

    private Faults() {}

    /// Whether the facts themselves are to blame.
    public static boolean areOfTheFacts(Throwable failure) {
        boolean ours = false;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            switch (cause) {
                case SQLException refused -> {
                    return isData(refused);
                }
                case BulkFailureException refused -> {
                    return isData(refused.getFailedDocuments().values());
                }
                case UncategorizedElasticsearchException refused
                when refused.getStatusCode() != null -> {
                    return refused.getStatusCode() == TOO_LARGE;
                }
                case ElasticsearchException refused -> {
                    return refused.status() == TOO_LARGE;
                }
                case IOException unreachable -> {
                    return false;
                }
                case SerializationException unreadable -> {
                    return true;
                }
                default -> ours |= isOfCode(cause);
            }
            cause = cause.getCause();
        }
        return ours;
    }

    /// The kinds of failure from the outermost to the root, with an SQL state or an HTTP status:
    /// messages of failures may quote what people wrote.
    public static String kinds(Throwable failure) {
        Set<String> kinds = new LinkedHashSet<>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            kinds.add(kind(cause));
            cause = cause.getCause();
        }
        return kinds.stream().limit(6).collect(Collectors.joining(" < "));
    }

    private static String kind(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return switch (cause) {
            case SQLException refused -> name + " " + refused.getSQLState();
            case UncategorizedElasticsearchException refused -> name + " " + refused.getStatusCode();
            case ElasticsearchException refused -> name + " " + refused.status();
            case BulkFailureException refused -> name + " " + statuses(refused);
            default -> name;
        };
    }

    /// Of the items, and how many they are.
    private static String statuses(BulkFailureException refused) {
        Collection<FailureDetails> items = refused.getFailedDocuments().values();
        return items.stream().map(FailureDetails::status).distinct().sorted().toList() + " " + items.size();
    }

    private static boolean isOfCode(Throwable cause) {
        return cause instanceof UnprojectableException
                || cause instanceof NullPointerException
                || cause instanceof ClassCastException
                || cause instanceof IllegalArgumentException
                || cause instanceof IndexOutOfBoundsException
                || cause instanceof ArithmeticException
                || cause instanceof DateTimeException;
    }

    private static boolean isData(SQLException refused) {
        String state = refused.getSQLState();
        return state != null && state.length() == 5 && DATA.contains(state.substring(0, 2));
    }

    /// A bulk request with any item that may go through another time is to be repeated whole.
    private static boolean isData(Collection<FailureDetails> items) {
        return items.stream()
                .map(FailureDetails::status)
                .filter(status -> status == null || status != CONFLICT)
                .allMatch(Faults::isData);
    }

    private static boolean isData(@Nullable Integer status) {
        return status != null && status >= 400 && status < 500 && status != CONFLICT && !PASSING.contains(status);
    }
}
