package dev.parley.delivery.gateway;

import dev.parley.delivery.deletion.DeletionStore;
import dev.parley.delivery.membership.MembershipProjection;
import dev.parley.delivery.membership.MembershipStore;
import dev.parley.delivery.membership.Memberships;
import dev.parley.delivery.membership.Memberships.Stretch;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;

/// The membership table, and that of deleted messages, as the projection keeps it, with rows that may be ahead of the
/// stored token.
final class ModelMemberships implements MembershipStore, DeletionStore {

    private record Key(ConversationId conversation, AccountId account, long from) {}

    private final Map<Key, Long> rows = new HashMap<>();
    private final MembershipProjection projection = new MembershipProjection(this, this);
    private final Map<ConversationId, Set<Long>> deleted = new HashMap<>();
    long applied = -1;
    long token = -1;

    /// Applies the log up to a position.
    void project(ModelLog log, long upTo) {
        for (long position = applied + 1; position <= upTo; position++) {
            if (log.fact(position) instanceof ConversationEvent fact) {
                projection.on(fact, new GlobalSequenceTrackingToken(position));
            }
            applied = position;
        }
    }

    @Override
    public long position() {
        return token;
    }

    @Override
    public List<Stretch> stretches(AccountId account, long endedAfter) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().account().equals(account) && row.getValue() > endedAfter)
                .map(row ->
                        new Stretch(row.getKey().conversation(), row.getKey().from(), row.getValue()))
                .toList();
    }

    @Override
    public void join(ConversationId conversation, Set<AccountId> accounts, long position) {
        accounts.forEach(account -> rows.putIfAbsent(new Key(conversation, account, position), Memberships.OPEN));
    }

    @Override
    public void leave(ConversationId conversation, AccountId account, long position) {
        rows.replaceAll((key, to) -> key.conversation().equals(conversation)
                        && key.account().equals(account)
                        && to == Memberships.OPEN
                        && key.from() < position
                ? position
                : to);
    }

    @Override
    public BitSet deleted(ConversationId conversation, long first, int count) {
        BitSet bits = new BitSet();
        deleted.getOrDefault(conversation, Set.of()).stream()
                .filter(message -> message >= first && message < first + count)
                .forEach(message -> bits.set((int) (message - first)));
        return bits;
    }

    @Override
    public void delete(ConversationId conversation, long message, long position) {
        deleted.computeIfAbsent(conversation, none -> new HashSet<>()).add(message);
    }

    @Override
    public void clear(long position) {
        rows.keySet().removeIf(key -> key.from() < position);
    }
}
