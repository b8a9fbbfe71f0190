package dev.parley.delivery.membership;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The stretches of the log in which one account is a member of its conversations.
///
/// A stretch is `[from, to]` in positions: from the fact that made the account a member to the one that removed it,
/// both included; an open one has no end. Facts may be applied again, and facts that were known from a later state of
/// the store may be met once more: each is recognised by its position, so that nothing changes twice. Facts must be
/// applied in order. Not thread-safe: the feed that owns it guards it.
public final class Memberships {

    /// The end of an open stretch.
    public static final long OPEN = Long.MAX_VALUE;

    /// @param to [Memberships#OPEN] while the account is a member
    public record Stretch(ConversationId conversation, long from, long to) {}

    private final AccountId account;
    /// Pairs of from and to, ascending: `[from, to, from, to, ...]`. Nearly all have one pair.
    private final Map<ConversationId, long[]> stretches;

    public Memberships(AccountId account, List<Stretch> known) {
        this.account = account;
        this.stretches = HashMap.newHashMap(known.size());
        known.stream()
                .sorted((a, b) -> Long.compare(a.from(), b.from()))
                .forEach(stretch -> append(stretch.conversation(), stretch.from(), stretch.to()));
    }

    public AccountId account() {
        return account;
    }

    /// Whether the account sees what happened in the conversation at this position.
    public boolean sees(ConversationId conversation, long position) {
        long[] pairs = stretches.get(conversation);
        if (pairs == null) {
            return false;
        }
        for (int i = pairs.length - 2; i >= 0; i -= 2) {
            if (pairs[i] <= position) {
                return position <= pairs[i + 1];
            }
        }
        return false;
    }

    /// Whether the account is a member now, as far as facts were applied.
    public boolean isMember(ConversationId conversation) {
        long[] pairs = stretches.get(conversation);
        return pairs != null && pairs[pairs.length - 1] == OPEN;
    }

    /// Applies a change of the conversation's members that happened at a position. One that does not concern the
    /// account, or that is known already, changes nothing.
    public void apply(ConversationId conversation, long position, MembershipChange change) {
        if (!change.concerns(account)) {
            return;
        }
        long[] pairs = stretches.get(conversation);
        switch (change) {
            case MembershipChange.Joined joined -> {
                if (pairs == null || pairs[pairs.length - 1] < position) {
                    append(conversation, position, OPEN);
                }
            }
            case MembershipChange.Left left -> {
                if (pairs != null && pairs[pairs.length - 1] == OPEN && pairs[pairs.length - 2] < position) {
                    pairs[pairs.length - 1] = position;
                }
            }
        }
    }

    /// Forgets stretches that ended at the position or before.
    public void forgetUpTo(long position) {
        stretches.values().removeIf(pairs -> pairs[pairs.length - 1] <= position);
    }

    /// The conversations of which the account may see something after a position.
    public List<ConversationId> seenAfter(long position) {
        return stretches.entrySet().stream()
                .filter(entry -> entry.getValue()[entry.getValue().length - 1] > position)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void append(ConversationId conversation, long from, long to) {
        stretches.merge(conversation, new long[] {from, to}, (old, pair) -> {
            long[] longer = Arrays.copyOf(old, old.length + 2);
            longer[old.length] = pair[0];
            longer[old.length + 1] = pair[1];
            return longer;
        });
    }
}
