package dev.parley.messages.member;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;

/// Names one account's place in one conversation: the stream of its [MemberEvent]s.
public record MemberId(ConversationId conversation, AccountId account) {

    /// As the event store shows it: `<conversation>.<account>`.
    @Override
    public String toString() {
        return conversation + "." + account;
    }
}
