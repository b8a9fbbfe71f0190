package dev.parley.notifications.outbox;

/// The steps of a push, in order. A process can be stopped at any of them.
enum Step {
    /// The policy knows what is owed.
    BEFORE_RING,
    /// The rows are added; the transaction is open.
    AFTER_RING,
    /// Rows and token are on disk; no worker knows.
    COMMITTED,
    BEFORE_CLAIM,
    /// The rows are this worker's, on disk.
    CLAIMED,
    /// What is known of their devices is asked; nothing has left.
    BEFORE_SEND,
    /// The push service has it, and has answered.
    ANSWERED,
    BEFORE_SETTLE,
    /// Outcomes are on disk; nobody was told.
    SETTLED
}
