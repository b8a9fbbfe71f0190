package dev.parley.delivery.gateway;

import java.util.Arrays;

/// A bounded first-in-first-out queue of rising positions: eight bytes each, and room for no more of them than it has
/// held at once since it was empty, rounded up: an idle session has nearly none. Not thread-safe.
final class Positions {

    private static final int INITIAL = 8;
    private static final long[] NONE = {};

    private final int limit;
    private long[] values = NONE;
    private int first;
    private int size;

    Positions(int limit) {
        this.limit = limit;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size >= limit;
    }

    int size() {
        return size;
    }

    /// It must not be full.
    void add(long position) {
        if (size == values.length) {
            grow();
        }
        values[(first + size) % values.length] = position;
        size++;
    }

    /// It must not be empty.
    long first() {
        return values[first];
    }

    /// It must not be empty.
    void removeFirst() {
        first = (first + 1) % values.length;
        size--;
        if (size == 0) {
            clear();
        }
    }

    /// Removes all that are not above the position.
    void removeUpTo(long position) {
        while (size > 0 && first() <= position) {
            removeFirst();
        }
    }

    void clear() {
        first = 0;
        size = 0;
        if (values.length > INITIAL) {
            values = NONE;
        }
    }

    private void grow() {
        long[] longer = Arrays.copyOf(values, Math.max(INITIAL, values.length * 2));
        for (int i = 0; i < size; i++) {
            longer[i] = values[(first + i) % values.length];
        }
        values = longer;
        first = 0;
    }
}
