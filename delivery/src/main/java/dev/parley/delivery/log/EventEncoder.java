package dev.parley.delivery.log;

import dev.parley.delivery.frames.EventFrames;
import dev.parley.delivery.membership.MembershipChange;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.tail.StoreReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns stored events into [LogEntry] values. Thread-safe.
///
/// An event of another family, or of a class this version does not know, is no entry. One that cannot be read is none
/// either, for the live tail and for catch-up alike: it is counted and logged, since a reader that stopped at it would
/// stop for ever.
public final class EventEncoder {

    private static final Logger log = LoggerFactory.getLogger(EventEncoder.class);

    private final Counter unreadable;

    public EventEncoder(MeterRegistry meters) {
        this.unreadable = meters.counter("parley.delivery.events.unreadable");
    }

    /// The conversation an event may belong to, without reading its payload: a conversation's id is its aggregate's.
    ///
    /// @return null if it cannot be an event of a conversation
    public static @Nullable ConversationId conversation(TrackedEventMessage<?> message) {
        if (!(message instanceof DomainEventMessage<?> domain)
                || !ConversationEvent.class.isAssignableFrom(message.getPayloadType())) {
            return null;
        }
        try {
            return new ConversationId(UUID.fromString(domain.getAggregateIdentifier()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// The fact itself, deserialized.
    ///
    /// @return null for an event that is none of a conversation or cannot be read
    public @Nullable ConversationEvent fact(TrackedEventMessage<?> message) {
        try {
            return message.getPayload() instanceof ConversationEvent fact ? fact : null;
        } catch (SerializationException e) {
            unreadable.increment();
            log.atError()
                    .addKeyValue("position", StoreReader.position(message))
                    .addKeyValue("type", message.getPayloadType().getName())
                    .addKeyValue("error", e.getClass().getName())
                    .log("An event cannot be read and is not delivered");
            return null;
        }
    }

    /// @return null for an event that is none of a conversation or cannot be read
    public @Nullable LogEntry encode(TrackedEventMessage<?> message) {
        ConversationId conversation = conversation(message);
        ConversationEvent fact = conversation == null ? null : fact(message);
        return conversation == null || fact == null ? null : encode(message, conversation, fact);
    }

    /// The entry of an event whose fact was read before.
    public LogEntry encode(TrackedEventMessage<?> message, ConversationId conversation, ConversationEvent fact) {
        long position = StoreReader.position(message);
        long seq = message instanceof DomainEventMessage<?> domain ? domain.getSequenceNumber() : 0;
        return new LogEntry(
                position,
                conversation,
                seq,
                fact instanceof MessageSent sent ? sent.sender() : null,
                MembershipChange.of(fact),
                EventFrames.encode(position, conversation, seq, fact));
    }
}
