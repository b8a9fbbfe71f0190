package dev.parley.axonserver.eventquery;

import io.axoniq.axonserver.grpc.event.QueryValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A value in a row. Immutable.
sealed interface Value {

    Value NOTHING = new Nothing();
    Value TRUE = new Truth(true);
    Value FALSE = new Truth(false);

    /// As text, for comparisons with values of another kind and for functions on texts; empty for nothing.
    String text();

    /// As the client gets it.
    default QueryValue sent() {
        return QueryValue.newBuilder().setTextValue(text()).build();
    }

    /// About how much memory it takes, in bytes.
    default long bytes() {
        return 16;
    }

    default boolean isTrue() {
        return false;
    }

    static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    static Value of(long number) {
        return new Numeric(BigDecimal.valueOf(number));
    }

    record Text(String text) implements Value {
        @Override
        public long bytes() {
            return 40L + text.length();
        }

        @Override
        public boolean isTrue() {
            return text.equalsIgnoreCase("true");
        }
    }

    /// A number; 1 and 1.0 are the same.
    record Numeric(BigDecimal number) implements Value {

        @Override
        public String text() {
            return number.toPlainString();
        }

        @Override
        public QueryValue sent() {
            QueryValue.Builder sent = QueryValue.newBuilder();
            boolean fits = number.scale() <= 0 && number.precision() - number.scale() < 19;
            return (fits ? sent.setNumberValue(number.longValue()) : sent.setDoubleValue(number.doubleValue())).build();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numeric(BigDecimal theirs) && number.compareTo(theirs) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(number.doubleValue());
        }
    }

    /// A point in time. Calculates as a number of milliseconds since 1970, and reads as ISO 8601.
    record Time(long millis) implements Value {
        @Override
        public String text() {
            return Instant.ofEpochMilli(millis).toString();
        }
    }

    record Truth(boolean isTrue) implements Value {
        @Override
        public String text() {
            return Boolean.toString(isTrue);
        }

        @Override
        public QueryValue sent() {
            return QueryValue.newBuilder().setBooleanValue(isTrue).build();
        }
    }

    record Items(List<Value> items) implements Value {
        @Override
        public String text() {
            return items.stream().map(Value::text).collect(Collectors.joining(", ", "[", "]"));
        }

        @Override
        public long bytes() {
            return 40 + items.stream().mapToLong(Value::bytes).sum();
        }
    }

    /// The metadata of an event, by key in order.
    record Entries(Map<String, Value> entries) implements Value {
        @Override
        public String text() {
            return entries.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue().text())
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        @Override
        public long bytes() {
            return entries.entrySet().stream()
                    .mapToLong(entry ->
                            80 + entry.getKey().length() + entry.getValue().bytes())
                    .sum();
        }
    }

    /// What is not there.
    record Nothing() implements Value {
        @Override
        public String text() {
            return "";
        }

        @Override
        public QueryValue sent() {
            return QueryValue.getDefaultInstance();
        }
    }
}
