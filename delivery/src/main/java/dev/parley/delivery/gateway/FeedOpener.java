package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.log.EventRing;
import dev.parley.delivery.membership.MembershipStore;
import dev.parley.delivery.membership.Memberships;
import dev.parley.messages.AccountId;
import org.jspecify.annotations.Nullable;

/// Makes the feed of a session, as [Feed] wants it: the membership table's position is read before its rows.
final class FeedOpener {

    private final EventRing ring;
    private final Fanout fanout;
    private final MembershipStore memberships;
    private final DeliveryProperties.Feed limits;

    FeedOpener(EventRing ring, Fanout fanout, MembershipStore memberships, DeliveryProperties.Feed limits) {
        this.ring = ring;
        this.fanout = fanout;
        this.memberships = memberships;
        this.limits = limits;
    }

    /// @param position the client's; null for live from now
    /// @param window as the client wants it, within the bounds; null for the default
    Feed open(AccountId account, @Nullable Long position, @Nullable Integer window) {
        long fannedOut = fanout.fannedOut();
        long from = position == null ? fannedOut : position;
        long start = Feed.start(from, memberships.position(), fannedOut);
        Memberships known = new Memberships(account, memberships.stretches(account, start));
        Feed feed = new Feed(
                ring, known, start, from, window == null ? limits.window() : Math.min(window, limits.maxWindow()));
        if (position != null) {
            feed.ack(position);
        }
        return feed;
    }

    /// Every event up to here was offered to live sessions.
    long fannedOut() {
        return fanout.fannedOut();
    }
}
