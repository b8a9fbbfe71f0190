package dev.parley.axonserver.eventquery;

import java.util.Map;

/// The columns of a row, by name.
interface Fields {

    /// @param column one that the row has
    Value get(String column);

    /// About how much memory they take, in bytes.
    long bytes();

    /// Columns that have been computed.
    record Computed(Map<String, Value> values) implements Fields {
        @Override
        public Value get(String column) {
            return values.getOrDefault(column, Value.NOTHING);
        }

        @Override
        public long bytes() {
            long bytes = 64;
            for (Value value : values.values()) {
                bytes += 48 + value.bytes();
            }
            return bytes;
        }
    }
}
