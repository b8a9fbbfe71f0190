package dev.parley.messages.query;

/// Whose token is it? Answered by command-side with a [FoundSession].
///
/// @param tokenHash lower-case hex SHA-256 of the token's characters in UTF-8, so that no token crosses the bus
public record FindSession(String tokenHash) {}
