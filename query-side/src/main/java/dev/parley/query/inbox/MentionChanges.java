package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a batch of facts does to the mentions that are not read: first all calls are written, then what edits and
/// deletions took back goes, then what was read. That gives the same as each in its turn, because a message is edited
/// after it was sent, and what is read up to a place was sent before, or is of the time before a joining.
///
/// An edit calls nobody: the one it mentions may have read the message long ago. Not thread-safe.
final class MentionChanges {

    private final List<Called> called = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final Map<Mark.Member, Long> read = new LinkedHashMap<>();

    record Called(ConversationId conversation, long seq, AccountId account) {}

    /// @param accounts whom the message still calls
    record Kept(ConversationId conversation, long seq, List<AccountId> accounts) {}

    /// @param seq up to which it owes nothing
    record Read(ConversationId conversation, AccountId account, long seq) {}

    void call(ConversationId conversation, long seq, List<AccountId> accounts) {
        accounts.forEach(account -> called.add(new Called(conversation, seq, account)));
    }

    void keep(ConversationId conversation, long seq, List<AccountId> accounts) {
        kept.add(new Kept(conversation, seq, accounts));
    }

    void read(ConversationId conversation, AccountId account, long seq) {
        read.merge(new Mark.Member(conversation, account), seq, Math::max);
    }

    List<Called> called() {
        return called;
    }

    List<Kept> kept() {
        return kept;
    }

    Collection<Read> read() {
        return read.entrySet().stream()
                .map(entry ->
                        new Read(entry.getKey().conversation(), entry.getKey().account(), entry.getValue()))
                .toList();
    }
}
