package dev.parley.messages.conversation;

/// What a member may do in a conversation, from most to least.
public enum MemberRole {
    OWNER,
    ADMIN,
    MEMBER,
    /// Reads, never writes.
    READER
}
