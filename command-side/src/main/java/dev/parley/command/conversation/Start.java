package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.ConversationKind;

/// Who started a conversation and as what.
record Start(ConversationKind kind, AccountId by) {}
