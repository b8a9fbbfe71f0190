package dev.parley.verify;

/// The first thing that is not as the checkpoints say.
///
/// @param kind what was done
/// @param position of the event it was done to, as the store knew it; [Line#NONE] where the event is none of the
/// store's
/// @param line where in the export; [Line#NONE] where it ends too early
/// @param text a sentence for a person
record Finding(Kind kind, long position, long line, String text) {

    enum Kind {
        /// The event is there, and is not what was stored.
        ALTERED,
        /// The event is not there.
        DROPPED,
        /// Something is there that is no event of the store, or an event twice.
        ADDED,
        /// The event is there, and not in its place.
        MOVED,
        /// Something of that in a range: the checkpoints have no leaves to tell what.
        DIFFERENT,
        /// It is the checkpoints that are not good.
        CHECKPOINT
    }
}
