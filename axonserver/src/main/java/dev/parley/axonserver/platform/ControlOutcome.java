package dev.parley.axonserver.platform;

/// How an operation on an event processor ended.
///
/// @param detail a sentence for people
public record ControlOutcome(Kind kind, String detail) {

    public enum Kind {
        /// The clients have done it.
        DONE,
        /// No connected client has such a processor, or such a segment.
        NOT_FOUND,
        /// The processor is in no state for it.
        NOT_NOW,
        /// A client could not do it, or has gone; others may have done their part.
        FAILED,
        /// A client has not said in time whether it did it.
        UNKNOWN
    }

    static ControlOutcome done(String detail) {
        return new ControlOutcome(Kind.DONE, detail);
    }

    static ControlOutcome notFound(String detail) {
        return new ControlOutcome(Kind.NOT_FOUND, detail);
    }

    static ControlOutcome notNow(String detail) {
        return new ControlOutcome(Kind.NOT_NOW, detail);
    }
}
