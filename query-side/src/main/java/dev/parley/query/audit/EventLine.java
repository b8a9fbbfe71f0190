package dev.parley.query.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact of the event store as one line of an auditor's export, without a line feed:
///
/// ```json
/// {"position":7,"at":"2026-01-02T03:04:05.678Z","id":"…","type":"MessageSent","revision":"2",
///  "aggregate":"<stream>","seq":4,"metadata":{"traceparent":"…"},"payload":{…}}
/// ```
///
/// in this order of fields and without any space between them. `revision`, `aggregate`, `seq` and `metadata`, whose
/// keys are sorted, are absent where the store holds none. Of metadata, texts, numbers and truths are JSON's own; an
/// object of some class is `{"type":"…","revision":"…","bytes":"<Base64>"}`, whether or not the class is known.
///
/// `payload` is what is stored, character for character, if that is one JSON value without a line break between its
/// parts. Otherwise it is `payloadText`, a JSON string of the stored characters, or `payloadBytes`, in Base64 (RFC
/// 4648, section 4) where they are not UTF-8 (RFC 3629). So equal lines mean equal facts, and a fact has one line only.
///
/// @param position its global index in the store
/// @param at when it was stored
/// @param type its stored name
/// @param aggregate the stream it belongs to, absent for one that belongs to none
/// @param text the line
public record EventLine(
        long position, Instant at, String type, @Nullable String aggregate, String text) {}
