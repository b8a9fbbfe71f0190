package dev.parley.delivery.receipt;

import dev.parley.delivery.log.LogEntry;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The messages of others that one device was sent and has not acknowledged, in the order of their positions: what its
/// next `ack` says about receipts.
///
/// It holds 24 bytes a message, for at most two windows of them: the one before an `ack`, and the one that is sent
/// while
/// it is taken in. With nothing to acknowledge it holds nothing. Thread-safe.
public final class Unacknowledged {

    private static final int LEAST = 8;
    private static final long[] NO_NUMBERS = {};
    private static final @Nullable ConversationId[] NO_CONVERSATIONS = {};

    private final AccountId account;
    private final Predicate<ConversationId> isMember;
    private final ObjLongConsumer<MemberId> received;
    private long[] positions = NO_NUMBERS;
    private long[] seqs = NO_NUMBERS;
    private @Nullable ConversationId[] conversations = NO_CONVERSATIONS;
    private int size;

    /// @param received takes the last place up to which a member has everything
    Unacknowledged(AccountId account, Predicate<ConversationId> isMember, ObjLongConsumer<MemberId> received) {
        this.account = account;
        this.isMember = isMember;
        this.received = received;
    }

    /// The event is about to be written; only then can it be acknowledged.
    public void written(LogEntry entry) {
        AccountId author = entry.author();
        if (author != null && !author.equals(account)) {
            add(entry);
        }
    }

    /// The device has everything up to a position that it was told.
    public void acknowledged(long position) {
        takeUpTo(position).forEach((conversation, seq) -> {
            if (isMember.test(conversation)) {
                received.accept(new MemberId(conversation, account), seq);
            }
        });
    }

    synchronized int size() {
        return size;
    }

    private synchronized void add(LogEntry entry) {
        if (size == positions.length) {
            int more = Math.max(LEAST, size * 2);
            positions = Arrays.copyOf(positions, more);
            seqs = Arrays.copyOf(seqs, more);
            conversations = Arrays.copyOf(conversations, more);
        }
        positions[size] = entry.position();
        seqs[size] = entry.seq();
        conversations[size] = entry.conversation();
        size++;
    }

    /// The highest of each conversation: they rise with the positions.
    private synchronized Map<ConversationId, Long> takeUpTo(long position) {
        int count = 0;
        Map<ConversationId, Long> highest = HashMap.newHashMap(1);
        while (count < size && positions[count] <= position) {
            ConversationId conversation = conversations[count];
            if (conversation != null) {
                highest.put(conversation, seqs[count]);
            }
            count++;
        }
        remove(count);
        return highest;
    }

    private void remove(int count) {
        size -= count;
        if (size == 0) {
            positions = NO_NUMBERS;
            seqs = NO_NUMBERS;
            conversations = NO_CONVERSATIONS;
        } else if (count > 0) {
            System.arraycopy(positions, count, positions, 0, size);
            System.arraycopy(seqs, count, seqs, 0, size);
            System.arraycopy(conversations, count, conversations, 0, size);
        }
    }
}
