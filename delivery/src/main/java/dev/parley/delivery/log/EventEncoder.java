package dev.parley.delivery.log;

import dev.parley.delivery.frames.EventFrames;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.tail.StoreReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

    /// Who asks whether an event is for it, before its frame is made.
    public interface Interest {
        boolean concerns(ConversationId conversation, long position, Bearing bearing);
    }

    /// @return null for an event that is none of a conversation or its members, or cannot be read
    private @Nullable Fact fact(TrackedEventMessage<?> message) {
        if (Address.of(message) == null) {
            return null;
        }
        try {
            return message.getPayload() instanceof Fact fact ? fact : null;
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

    /// @return null for an event that is none of a conversation or its members, or cannot be read
    public @Nullable LogEntry encode(TrackedEventMessage<?> message) {
        return encode(message, (conversation, position, bearing) -> true);
    }

    /// @return null also for an event that is of no concern
    public @Nullable LogEntry encode(TrackedEventMessage<?> message, Interest interest) {
        Fact fact = fact(message);
        if (fact == null) {
            return null;
        }
        long position = StoreReader.position(message);
        return switch (fact) {
            case ConversationEvent event -> {
                long seq = seq(message);
                Bearing bearing = Bearing.of(event, seq);
                yield interest.concerns(event.conversation(), position, bearing)
                        ? new LogEntry(
                                position, event.conversation(), seq, bearing, EventFrames.encode(position, seq, event))
                        : null;
            }
            case MemberEvent event -> {
                Bearing bearing = Bearing.of(event);
                yield interest.concerns(event.conversation(), position, bearing)
                        ? new LogEntry(position, event.conversation(), -1, bearing, EventFrames.encode(position, event))
                        : null;
            }
            default -> null;
        };
    }

    static long seq(TrackedEventMessage<?> message) {
        return message instanceof DomainEventMessage<?> domain ? domain.getSequenceNumber() : 0;
    }
}
