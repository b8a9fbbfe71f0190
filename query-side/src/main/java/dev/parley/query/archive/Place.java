package dev.parley.query.archive;

import dev.parley.query.paging.Cursor;
import dev.parley.query.paging.Parameters;
import org.jspecify.annotations.Nullable;

/// Where a page of the archive begins. By position it is after the last message of the page before. By
/// relevance it is after so many of those that were there for the first page: scores change all
/// together as messages arrive, while the order of those messages stays, but for edits and deletions.
///
/// @param after the position of the last message before; where it is the first page, of none
/// @param newest the last position that counts
/// @param skipped messages on the pages before, by relevance
record Place(Order order, long after, long newest, int skipped) {

    /// Elasticsearch sorts so many at once (`index.max_result_window`).
    static final int MOST_RELEVANT = 10_000;

    private static final String LIST = "archive";

    /// @throws dev.parley.messages.RejectedException `invalid` for a cursor of another list or order
    static Place of(Order order, @Nullable String cursor) {
        if (cursor == null) {
            return new Place(order, -1, Long.MAX_VALUE, 0);
        }
        String list = LIST + "-" + order;
        if (order != Order.RELEVANCE) {
            return new Place(order, Cursor.position(list, cursor), Long.MAX_VALUE, 0);
        }
        return Cursor.key(list, cursor, key -> {
            int comma = key.indexOf(',');
            if (comma < 0) {
                throw new IllegalArgumentException(key);
            }
            int skipped = Integer.parseInt(key.substring(comma + 1));
            if (skipped < 1 || skipped > MOST_RELEVANT) {
                throw new IllegalArgumentException(key);
            }
            return new Place(order, -1, Long.parseLong(key.substring(0, comma)), skipped);
        });
    }

    boolean isFirst() {
        return after < 0 && skipped == 0;
    }

    Place upTo(long position) {
        return new Place(order, after, position, skipped);
    }

    /// How many messages a page of this size has here.
    ///
    /// @throws dev.parley.messages.RejectedException `invalid` beyond the most relevant
    int room(int size) {
        int room = order == Order.RELEVANCE ? Math.min(size, MOST_RELEVANT - skipped) : size;
        if (room == 0) {
            throw Parameters.invalid("cursor", "By relevance, the first " + MOST_RELEVANT + " can be seen");
        }
        return room;
    }

    /// How many to ask for, to know whether there is another page: one more, where it cannot be counted.
    int fetched(int size) {
        return order == Order.RELEVANCE ? size : size + 1;
    }

    /// @param found of those asked for
    /// @param total on all pages
    boolean goesOn(int found, int size, long total) {
        return order == Order.RELEVANCE
                ? found == size && skipped + size < Math.min(total, MOST_RELEVANT)
                : found > size;
    }

    /// @param last the position of the last message of the page here
    /// @param shown how many it has
    String next(long last, int shown) {
        String list = LIST + "-" + order;
        return order == Order.RELEVANCE ? Cursor.of(list, newest + "," + (skipped + shown)) : Cursor.of(list, last);
    }
}
