package dev.parley.notifications.policy;

import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import dev.parley.notifications.outbox.Withdrawn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What members read and muted in one batch, the newest of each. Used by one thread.
record Marks(Map<MemberId, Withdrawn> reads, Map<MemberId, Mute> mutes) {

    Marks() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /// @param until null for ever
    record Mute(boolean muted, @Nullable Instant until, long position) {}

    void add(MemberEvent fact, long position) {
        MemberId member = new MemberId(fact.conversation(), fact.account());
        switch (fact) {
            case MessagesRead read ->
                reads.put(
                        member,
                        new Withdrawn(read.conversation(), read.account(), null, read.seq(), position, read.at()));
            case ConversationMuted muted -> mutes.put(member, new Mute(true, muted.until(), position));
            case ConversationUnmuted unmuted -> mutes.put(member, new Mute(false, null, position));
            case MessagesDelivered delivered -> {
                // The device's own cursor says more.
            }
        }
    }

    void clear() {
        reads.clear();
        mutes.clear();
    }
}
