package dev.parley.query.rebuild;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.axonserver.connector.AxonServerException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.elasticsearch.BulkFailureException;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;
import org.springframework.transaction.TransactionException;

/// Tells failures that pass, such as a server that is down or busy, from those that come again with the same facts.
public final class PassingFailure {

    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    /// Connections, resources, operators that stop the server, and what another transaction was in the way of.
    private static final Set<String> SQL_STATES = Set.of("08", "53", "57", "40", "55");

    private PassingFailure() {}

    public static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            Boolean passes = passes(cause);
            if (passes != null) {
                return passes;
            }
        }
        return false;
    }

    /// The kinds of failure from the outermost to the root, with an SQL state or an HTTP status: messages of failures
    /// may quote what people wrote.
    public static String kinds(Throwable failure) {
        Set<String> kinds = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            kinds.add(kind(cause));
        }
        return kinds.stream().limit(6).collect(Collectors.joining(" < "));
    }

    private static String kind(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return switch (cause) {
            case SQLException sql -> name + " " + sql.getSQLState();
            case UncategorizedElasticsearchException refused -> name + " " + refused.getStatusCode();
            case BulkFailureException bulk ->
                name + " "
                        + bulk.getFailedDocuments().values().stream()
                                .map(BulkFailureException.FailureDetails::status)
                                .distinct()
                                .sorted()
                                .toList()
                        + " " + bulk.getFailedDocuments().size();
            default -> name;
        };
    }

    /// Null where the cause has to tell.
    private static @Nullable Boolean passes(Throwable cause) {
        return switch (cause) {
            case BulkFailureException bulk ->
                bulk.getFailedDocuments().values().stream().allMatch(item -> passes(item.status()));
            case UncategorizedElasticsearchException refused
            when refused.getStatusCode() != null -> passes(refused.getStatusCode());
            case DataAccessResourceFailureException down -> true;
            case TransientDataAccessException busy -> true;
            case RecoverableDataAccessException lost -> true;
            case TransactionException lost -> true;
            case AxonServerException down -> true;
            case IOException down -> true;
            case SQLException sql
            when sql.getSQLState() != null ->
                SQL_STATES.contains(sql.getSQLState().substring(0, 2));
            default -> cause.getClass().getName().startsWith("io.grpc.") ? Boolean.TRUE : null;
        };
    }

    private static boolean passes(Integer status) {
        return status == CONFLICT || status == TOO_MANY || status == 408 || status >= 500;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause();
    }
}
