package dev.parley.delivery.gateway;

import dev.parley.delivery.gateway.Step.Plain;
import dev.parley.delivery.log.Bearing;
import dev.parley.delivery.log.EventRing;
import dev.parley.delivery.log.LogEntry;
import dev.parley.delivery.membership.MembershipChange;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Brings live events to the live sessions of this node that are members of their conversation: an event costs as much
/// as it has local recipients, whatever else the node holds.
///
/// One lock guards the index and the order of things: an event enters the ring, changes the index and is offered in one
/// step, and a session goes live or leaves in one step. Nothing in it blocks: sessions are woken after it is released,
/// and write on tasks of their own. An offer is a look at who sees what and a number in a queue, so the lock is held
/// for
/// a millisecond or a few where thousands are offered one event; what takes long is their writing, and a crowd of
/// writers is woken by the [CrowdLane] so that it does not stand before the few that write something else. The order of
/// what a session is sent is that of the offers, whoever wakes it and when.
///
/// **Why a deleted message is not shown.** The ring forgets what it said before its deletion enters the ring. Whoever
/// takes an entry from the ring after that gets the redacted one; who took it before is writing it at that moment.
final class Fanout {

    /// More sessions than this are woken a few at a time.
    private static final int CROWD = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final EventRing ring;
    private final CrowdLane lane;
    private final Map<ConversationId, Set<LiveSession>> members = new HashMap<>();
    private final Map<AccountId, Set<LiveSession>> accounts = new HashMap<>();
    private volatile long fannedOut = -1;

    /// @param lane wakes the crowds
    Fanout(EventRing ring, CrowdLane lane) {
        this.ring = ring;
        this.lane = lane;
    }

    /// A session's feed and how to wake its sending task.
    interface LiveSession {
        Feed feed();

        void wake();

        /// Takes a signal, or drops it.
        void signal(String frame);
    }

    /// @param head the position of the newest event; -1 for an empty store
    void startAfter(long head) {
        ring.startAfter(head);
        fannedOut = head;
    }

    /// @param entry null for an event that no device can see
    void event(long position, @Nullable LogEntry entry) {
        List<LiveSession> woken = new ArrayList<>();
        if (entry != null && entry.bearing() instanceof Bearing.Deletion deletion) {
            ring.redact(entry.conversation(), deletion.message());
        }
        lock.lock();
        try {
            if (entry == null) {
                ring.advance(position);
            } else {
                ring.append(entry);
                deliver(entry, woken);
            }
        } finally {
            lock.unlock();
        }
        fannedOut = position;
        if (woken.size() > CROWD) {
            lane.wake(woken);
        } else {
            woken.forEach(LiveSession::wake);
        }
    }

    /// Every event up to here was offered to the sessions that were live.
    long fannedOut() {
        return fannedOut;
    }

    /// Walks the session up to the head and makes it live there.
    Step goLive(LiveSession session) {
        lock.lock();
        try {
            Step step = session.feed().goLive();
            if (step instanceof Step.CaughtUp || step == Plain.WAIT) {
                if (session.feed().isLive()) {
                    index(session);
                }
            }
            return step;
        } finally {
            lock.unlock();
        }
    }

    /// Back to scanning.
    void stopLive(LiveSession session) {
        lock.lock();
        try {
            session.feed().stopLive();
            unindex(session);
        } finally {
            lock.unlock();
        }
    }

    /// For good.
    void retire(LiveSession session) {
        lock.lock();
        try {
            session.feed().retire();
            unindex(session);
        } finally {
            lock.unlock();
        }
    }

    /// Live sessions of other members, for signals.
    ///
    /// @param limit none if there are more: a crowd needs no typing signals
    List<LiveSession> others(ConversationId conversation, AccountId except, int limit) {
        lock.lock();
        try {
            Set<LiveSession> all = members.getOrDefault(conversation, Set.of());
            if (all.size() > limit) {
                return List.of();
            }
            return all.stream()
                    .filter(session -> !session.feed().memberships().account().equals(except))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(LogEntry entry, List<LiveSession> woken) {
        if (entry.change() instanceof MembershipChange.Joined joined) {
            for (LiveSession session : concerned(joined.accounts())) {
                session.feed().apply(entry.conversation(), entry.position(), joined);
                add(members, entry.conversation(), session);
            }
        }
        List<LiveSession> behind = new ArrayList<>();
        for (LiveSession session : audience(entry)) {
            Feed.Offer answer = session.feed().offer(entry);
            if (answer != Feed.Offer.NOTHING_TO_DO) {
                woken.add(session);
            }
            if (answer == Feed.Offer.LEFT) {
                behind.add(session);
            }
        }
        if (entry.change() instanceof MembershipChange.Left left) {
            for (LiveSession session : concerned(Set.of(left.account()))) {
                session.feed().apply(entry.conversation(), entry.position(), left);
                remove(members, entry.conversation(), session);
            }
        }
        behind.forEach(this::unindex);
    }

    /// Those who may be due to get it; each feed knows whether it is.
    private Set<LiveSession> audience(LogEntry entry) {
        return entry.bearing() instanceof Bearing.Only only
                ? accounts.getOrDefault(only.account(), Set.of())
                : members.getOrDefault(entry.conversation(), Set.of());
    }

    private List<LiveSession> concerned(Set<AccountId> changed) {
        List<LiveSession> sessions = new ArrayList<>();
        if (changed.size() <= accounts.size()) {
            changed.forEach(account -> sessions.addAll(accounts.getOrDefault(account, Set.of())));
        } else {
            accounts.forEach((account, held) -> {
                if (changed.contains(account)) {
                    sessions.addAll(held);
                }
            });
        }
        return sessions;
    }

    private void index(LiveSession session) {
        add(accounts, session.feed().memberships().account(), session);
        session.feed().conversations().forEach(conversation -> add(members, conversation, session));
    }

    private void unindex(LiveSession session) {
        remove(accounts, session.feed().memberships().account(), session);
        session.feed().conversations().forEach(conversation -> remove(members, conversation, session));
    }

    private static <K> void add(Map<K, Set<LiveSession>> index, K key, LiveSession session) {
        index.computeIfAbsent(key, none -> new HashSet<>(4)).add(session);
    }

    private static <K> void remove(Map<K, Set<LiveSession>> index, K key, LiveSession session) {
        index.computeIfPresent(key, (same, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }
}
