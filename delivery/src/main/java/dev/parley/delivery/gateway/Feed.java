package dev.parley.delivery.gateway;

import dev.parley.delivery.gateway.Step.Plain;
import dev.parley.delivery.log.Address;
import dev.parley.delivery.log.Bearing;
import dev.parley.delivery.log.EventRing;
import dev.parley.delivery.log.LogEntry;
import dev.parley.delivery.membership.MembershipChange;
import dev.parley.delivery.membership.Memberships;
import dev.parley.messages.ConversationId;
import dev.parley.tail.StoreReader;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/// What one device is sent: a cursor in the log, no more. It holds positions, never events.
///
/// ```
///                    window full, or pending full: leave the index
///            +------------------------------------------------------+
///            v                                                      |
///   SCANNING: walks the store, then the ring ---- at head ----> LIVE: the fan-out
///   from the cursor, event by event                             offers positions
/// ```
///
/// **Why there is no gap and no repeat.** While it scans, the cursor passes every event of the log once. It goes live
/// under the fan-out's lock and only with the cursor at the ring's head, so that the next event of the log is the first
/// one offered. When it stops being live, the cursor stands at the last event sent, or just before the first one
/// offered after that; it scans again from there. Everything sent is above the cursor of its moment, and the cursor
/// only rises.
///
/// **Why membership is right.** [#start] is at or before the position M up to which the membership table was surely
/// complete *before* its rows were read. The rows are of a state R at or after M. A change up to M is in the rows; a
/// change in (M, R] is in the rows and met again in the scan, where its position tells that it is known; a change
/// after R is met in the scan or, live, comes from the fan-out under its lock before the events after it. So at every
/// event the stretches are those of a fold over the log up to it, and `sees` asks by position.
/// Changes met between `start` and the client's position are applied; nothing there is sent.
/// A fact about a member changes nothing of this; it is for those who see the conversation at its position and whom its
/// [Bearing] reaches, which its position and itself tell, live and later alike.
/// R may be ahead of this node's tail, so "is a member" in the rows says nothing about the events before R: a live
/// session is indexed under every conversation it may see something of after its cursor, and asks by position again.
///
/// Thread-safe by its own monitor, held for memory work only. Only the session's sending task calls the methods that
/// move the cursor. Lock order: the fan-out's lock, then this monitor.
final class Feed {

    /// What an offer leaves to be done.
    enum Offer {
        NOTHING_TO_DO,
        /// The sending task has to be woken.
        WAKE,
        /// It is live no more: it leaves the index, and the sending task has to be woken.
        LEFT
    }

    /// Events passed over in one go.
    private static final int SCAN = 512;

    private final EventRing ring;
    private final Memberships memberships;
    /// Nothing up to here is sent: the device has it.
    private final long from;
    /// Sent and not acknowledged.
    private final Positions inFlight;
    /// Live, offered, not sent. Bounded by the window: a device that far behind scans.
    private final Positions pending;
    private long cursor;
    private long told;
    private long acked = -1;
    private boolean live;
    private boolean caughtUp;
    private boolean retired;

    /// @param start where to begin, as [#start] says
    /// @param from the client's position
    Feed(EventRing ring, Memberships memberships, long start, long from, int window) {
        this.ring = ring;
        this.memberships = memberships;
        this.cursor = start;
        this.from = from;
        this.told = from;
        this.inFlight = new Positions(window);
        this.pending = new Positions(window);
    }

    /// Where a feed has to start. Not behind the tail either: what the tail has yet to bring would be changes from
    /// before
    /// the cursor, and a session that stops being live among them would miss some.
    ///
    /// @param from the client's position
    /// @param complete the position up to which the membership table was surely complete before its rows were read
    /// @param fannedOut how far this node's tail is
    static long start(long from, long complete, long fannedOut) {
        return Math.min(from, Math.min(complete, fannedOut));
    }

    /// For the sending task: decides what is next, and moves the cursor accordingly.
    synchronized Step next() {
        if (inFlight.isFull() || retired) {
            return Plain.WAIT;
        }
        return live ? nextLive() : nextFromRing();
    }

    private Step nextLive() {
        if (pending.isEmpty()) {
            return Plain.WAIT;
        }
        LogEntry entry = ring.find(pending.first());
        if (entry == null) {
            return Plain.FALLEN_BEHIND;
        }
        pending.removeFirst();
        return sent(entry);
    }

    private Step nextFromRing() {
        long head = ring.head();
        long ordinal = ring.ordinalAfter(cursor);
        if (!ring.covers(cursor)) {
            return Plain.CATCH_UP;
        }
        for (int i = 0; i < SCAN; i++, ordinal++) {
            LogEntry entry = ring.at(ordinal);
            if (entry == null) {
                if (ordinal < ring.next()) {
                    return Plain.AGAIN;
                }
                cursor = Math.max(cursor, head);
                return Plain.AT_HEAD;
            }
            if (entry.change() != null) {
                memberships.apply(entry.conversation(), entry.position(), entry.change());
            }
            cursor = entry.position();
            if (isDue(entry)) {
                return sent(entry);
            }
        }
        return Plain.AGAIN;
    }

    /// For the fan-out, under its lock: walks what is left up to the head and goes live there. The steps are those of
    /// [#next].
    synchronized Step goLive() {
        if (retired || inFlight.isFull()) {
            return Plain.WAIT;
        }
        Step step = nextFromRing();
        if (step != Plain.AT_HEAD) {
            return step;
        }
        live = true;
        memberships.forgetUpTo(cursor);
        if (caughtUp) {
            return Plain.WAIT;
        }
        caughtUp = true;
        told = Math.max(told, cursor);
        return new Step.CaughtUp(told);
    }

    /// For the fan-out, under its lock: takes a live event that may be for it. It stops being live if it has no room.
    synchronized Offer offer(LogEntry entry) {
        if (!live || !isDue(entry)) {
            return Offer.NOTHING_TO_DO;
        }
        if (pending.isEmpty()) {
            cursor = Math.max(cursor, entry.position() - 1);
        }
        if (pending.isFull()) {
            stopLive();
            return Offer.LEFT;
        }
        pending.add(entry.position());
        return inFlight.isFull() ? Offer.NOTHING_TO_DO : Offer.WAKE;
    }

    /// For the fan-out, under its lock: a live change of members.
    synchronized void apply(ConversationId conversation, long position, MembershipChange change) {
        memberships.apply(conversation, position, change);
    }

    /// For the sending task, catching up: whether the next event of the store has to be read. It moves nothing.
    synchronized boolean mayConcern(TrackedEventMessage<?> message) {
        Address address = Address.of(message);
        return address != null
                && (MembershipChange.possibleIn(address.type()) || isDue(address, StoreReader.position(message)));
    }

    /// The same of an event that was read: whether it changes what the device sees, or is to be sent.
    synchronized boolean concerns(ConversationId conversation, long position, Bearing bearing) {
        return bearing instanceof Bearing.Members members && members.change().concerns(memberships.account())
                || isDue(conversation, position, bearing);
    }

    /// For the sending task, catching up: passes the next event of the store.
    ///
    /// @param entry null if it is of no concern
    /// @return whether the entry is to be sent; it counts as in flight already
    synchronized boolean pass(long position, @Nullable LogEntry entry) {
        if (position <= cursor) {
            return false;
        }
        cursor = position;
        if (entry == null) {
            return false;
        }
        if (entry.change() != null) {
            memberships.apply(entry.conversation(), position, entry.change());
        }
        if (!isDue(entry)) {
            return false;
        }
        sent(entry);
        return true;
    }

    /// Frees window.
    ///
    /// @return false for a position that was never told to the device
    synchronized boolean ack(long position) {
        if (position > told) {
            return false;
        }
        inFlight.removeUpTo(position);
        acked = Math.max(acked, position);
        return true;
    }

    /// The last position the device acknowledged; -1 for none.
    synchronized long acked() {
        return acked;
    }

    /// The position up to which the device was sent everything that is for it.
    ///
    /// @param fannedOut all events up to here were offered, read before this call
    synchronized long settled(long fannedOut) {
        if (live && pending.isEmpty()) {
            told = Math.max(told, fannedOut);
        }
        return told;
    }

    synchronized long cursor() {
        return cursor;
    }

    synchronized boolean isInRing() {
        return ring.covers(cursor);
    }

    synchronized boolean isWindowFull() {
        return inFlight.isFull();
    }

    synchronized boolean isLive() {
        return live;
    }

    synchronized boolean isMember(ConversationId conversation) {
        return memberships.isMember(conversation);
    }

    /// The conversations from which it may be owed something from now on.
    synchronized List<ConversationId> conversations() {
        return memberships.seenAfter(cursor);
    }

    Memberships memberships() {
        return memberships;
    }

    /// For the fan-out, under its lock.
    synchronized void stopLive() {
        live = false;
        pending.clear();
    }

    /// For the fan-out, under its lock: it never goes live again.
    synchronized void retire() {
        stopLive();
        retired = true;
    }

    private boolean isDue(LogEntry entry) {
        return isDue(entry.conversation(), entry.position(), entry.bearing());
    }

    private boolean isDue(ConversationId conversation, long position, Bearing bearing) {
        return position > from && memberships.sees(conversation, position) && bearing.reaches(memberships.account());
    }

    /// False only if it would be of the entry too.
    private boolean isDue(Address address, long position) {
        return position > from
                && memberships.sees(address.conversation(), position)
                && address.mayReach(memberships.account());
    }

    private Step.Send sent(LogEntry entry) {
        cursor = Math.max(cursor, entry.position());
        told = Math.max(told, entry.position());
        inFlight.add(entry.position());
        return new Step.Send(entry);
    }
}
