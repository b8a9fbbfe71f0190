package dev.parley.messages.conversation;

import dev.parley.messages.AccountId;

/// One account's place in a conversation.
public record Member(AccountId account, MemberRole role) {}
