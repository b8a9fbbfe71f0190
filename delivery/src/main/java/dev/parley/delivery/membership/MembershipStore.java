package dev.parley.delivery.membership;

import dev.parley.delivery.membership.Memberships.Stretch;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.List;
import java.util.Set;

/// The stretches of all accounts, as far as the projection has come.
public interface MembershipStore {

    /// The last position whose facts are surely in [#stretches]; -1 for none. Read it *before* reading stretches.
    long position();

    /// The stretches of an account that did not end at the position or before.
    List<Stretch> stretches(AccountId account, long endedAfter);

    /// Opens stretches at a position. Repeated, it changes nothing.
    void join(ConversationId conversation, Set<AccountId> accounts, long position);

    /// Ends the stretch that is open at a position, the position included. Repeated, it changes nothing.
    void leave(ConversationId conversation, AccountId account, long position);

    /// Forgets stretches that opened, and cursors that are, before a position, for good, in the caller's transaction.
    /// Repeated, it changes nothing.
    void clear(long position);
}
