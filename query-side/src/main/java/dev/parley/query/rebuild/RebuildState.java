package dev.parley.query.rebuild;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where a rebuild is.
///
/// ```
/// FILLING ──> VERIFYING ──> DONE
///    └────────────┴──> FAILED, CANCELLED
/// ```
enum RebuildState {
    /// Facts are written to the new generation.
    FILLING,
    /// It is compared with the log, brought up to the head, and put in place.
    VERIFYING,
    /// It is read; what was read before is removed a little later.
    DONE,
    /// Given up; nothing changed for readers.
    FAILED,
    /// Given up as an operator wished; nothing changed for readers.
    CANCELLED;

    boolean isActive() {
        return this == FILLING || this == VERIFYING;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
