package dev.parley.messages;

/// What an account may do beyond chatting. Everybody is a [#USER].
public enum Role {
    USER,
    /// Searches the whole archive.
    ANALYST,
    /// Reads the event store.
    AUDITOR,
    /// Grants roles, imports archives, operates the system.
    ADMIN
}
