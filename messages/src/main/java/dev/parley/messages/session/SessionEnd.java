package dev.parley.messages.session;

/// Why a session ended.
public enum SessionEnd {
    /// Its own token was used to log out.
    LOGGED_OUT,
    /// Its account, from another session, or an admin ended it.
    REVOKED,
    /// It was not used for too long.
    EXPIRED
}
