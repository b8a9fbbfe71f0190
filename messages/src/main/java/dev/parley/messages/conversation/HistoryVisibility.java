package dev.parley.messages.conversation;

/// What members of a conversation see of the time before they joined.
public enum HistoryVisibility {
    /// Nothing: the conversation begins for them with the fact that made them members.
    SINCE_JOINING,
    /// Everything.
    ALL
}
