package dev.parley.axonserver.protocol;

/// What became of work that was offered to a [PermittedSender].
public enum Offer {
    /// It was sent, or will be unless it is taken back or the stream ends.
    TAKEN,
    /// Too much waits already. Nothing was sent; tell whoever is at the other end.
    FULL,
    /// The stream takes no more work. Nothing was sent; look for another receiver.
    CLOSED
}
