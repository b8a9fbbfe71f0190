package dev.parley.testing;

import dev.parley.messages.Fact;
import dev.parley.query.batch.Recorded;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a projection shows, told the plain way: one object changed by one fact after the other, without
/// any of the projection's code.
public interface Oracle {

    /// Takes in the next fact of the store, of whatever type.
    void apply(Recorded<Fact> recorded);

    /// What is to be read now, in the form in which the test reads it.
    Object state();

    /// A document without the order of its fields, and numbers of one kind, so that equal ones look
    /// equal.
    static Object plain(Object json) {
        return switch (json) {
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, value) -> {
                    if (value != null) {
                        sorted.put(key.toString(), plain(value));
                    }
                });
                yield sorted;
            }
            case List<?> list -> list.stream().map(Oracle::plain).toList();
            case Number number -> number.longValue();
            default -> json;
        };
    }
}
