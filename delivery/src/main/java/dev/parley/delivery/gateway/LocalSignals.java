package dev.parley.delivery.gateway;

import dev.parley.delivery.frames.FrameWriter;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.presence.Audience;
import dev.parley.delivery.signal.Signal;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Signals to the live sessions of this node. Thread-safe; nothing in it blocks.
final class LocalSignals implements Audience {

    private final Fanout fanout;
    private final Sockets sockets;
    private final int limit;

    /// @param limit a conversation with more live sessions here is a crowd and gets none
    LocalSignals(Fanout fanout, Sockets sockets, int limit) {
        this.fanout = fanout;
        this.sockets = sockets;
        this.limit = limit;
    }

    /// To the sessions of the conversation's other members.
    void typing(Signal.Typing typing) {
        String frame = FrameWriter.JSON.write(
                new ServerFrame.Signal("typing", typing.conversation(), typing.account(), typing.on()));
        fanout.others(typing.conversation(), typing.account(), limit).forEach(session -> session.signal(frame));
    }

    @Override
    public boolean isEmpty() {
        return sockets.all().isEmpty();
    }

    @Override
    public void tell(AccountId about, Collection<ConversationId> conversations, String frame) {
        Set<Fanout.LiveSession> told = new HashSet<>();
        for (ConversationId conversation : conversations) {
            told.addAll(fanout.others(conversation, about, limit));
        }
        told.forEach(session -> session.signal(frame));
    }
}
