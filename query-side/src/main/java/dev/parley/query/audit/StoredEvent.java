package dev.parley.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact as the event store holds it.
///
/// @param at when it was stored
/// @param type its stored name
/// @param aggregate the stream it belongs to, such as a conversation's id; absent for one that belongs to none
/// @param seq its place in that stream
/// @param payload JSON, character for character as stored
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredEvent(
        long position,
        Instant at,
        String type,
        @Nullable String revision,
        @Nullable String aggregate,
        @Nullable Long seq,
        @JsonRawValue String payload) {}
