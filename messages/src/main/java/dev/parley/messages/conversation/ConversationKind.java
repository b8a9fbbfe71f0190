package dev.parley.messages.conversation;

/// How a conversation came about and who can join it.
public enum ConversationKind {
    /// Between two accounts, once for each pair, closed to others.
    DIRECT,
    GROUP,
    /// Of a game: its players are the members, closed to others.
    GAME
}
