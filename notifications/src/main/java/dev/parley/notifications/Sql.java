package dev.parley.notifications;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How values become parameters of statements.
public final class Sql {

    private Sql() {}

    /// One column of many rows, for `unnest(?::uuid[])` and the like.
    public static <T> @Nullable String[] column(Collection<T> rows, Function<T, ? extends @Nullable Object> part) {
        @Nullable String[] column = new String[rows.size()];
        int i = 0;
        for (T row : rows) {
            Object value = part.apply(row);
            column[i++] = value == null ? null : value.toString();
        }
        return column;
    }

    /// An instant for a `timestamptz`.
    public static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
