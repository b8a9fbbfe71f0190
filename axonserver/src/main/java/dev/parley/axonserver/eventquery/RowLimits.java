package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.protocol.ErrorCode;

/// How much one stage of a query may keep.
record RowLimits(int rows, long bytes) {

    void check(int keptRows, long keptBytes) {
        if (keptRows > rows) {
            throw ErrorCode.QUERY_TOO_LARGE.failure(
                    "The query makes more than " + rows + " groups; filter more, or group by something coarser");
        }
        if (keptBytes > bytes) {
            throw ErrorCode.QUERY_TOO_LARGE.failure(
                    "The rows of the query take more than " + bytes + " bytes; select fewer columns, or limit it");
        }
    }
}
