package dev.parley.messages.conversation;

/// What an account is in a conversation now.
///
/// @param members how many the conversation has
public record Standing(MemberRole role, int members) {}
