package dev.parley.axonserver.storage;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.axoniq.axonserver.grpc.event.Event;
import java.io.IOException;

/// An event that is to be stored, as the bytes that came: they are stored, and sent to readers, as they are. The rest
/// are copies of what the store needs to know of it.
///
/// @param bytes the protobuf message [Event]; not to be changed
/// @param aggregate empty if the event belongs to none: as at a real Axon Server, it takes a type and an identifier
/// @param sequence its place in the aggregate, if it belongs to one
/// @param timestamp milliseconds since the epoch
public record NewEvent(byte[] bytes, String message, String aggregate, long sequence, long timestamp) {

    /// Longest identifier, in characters: what fits an index entry of PostgreSQL with room to spare.
    static final int MAX_IDENTIFIER = 500;

    /// What an event must be like so that it can be stored.
    public static final String RULE = "An event needs a message identifier; identifiers have at most " + MAX_IDENTIFIER
            + " characters and no NUL";

    public static NewEvent of(Event event) {
        return of(event, event.toByteArray());
    }

    /// Reads the whole message, so that nothing is stored that readers could not read.
    ///
    /// @param bytes not to be changed any more
    /// @throws IOException if they are not an event
    public static NewEvent parse(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        in.enableAliasing(true);
        Event event = Event.parseFrom(in);
        in.checkLastTagWas(0);
        return of(event, bytes);
    }

    /// The same event at another time.
    ///
    /// @throws IllegalStateException if the bytes are not an event
    public NewEvent at(long timestamp) {
        try {
            return of(Event.parseFrom(bytes).toBuilder().setTimestamp(timestamp).build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("An event cannot be read: " + message, e);
        }
    }

    /// Whether it keeps to the [#RULE].
    public boolean storable() {
        return !message.isEmpty() && storable(message) && storable(aggregate);
    }

    public static boolean storable(String identifier) {
        return identifier.length() <= MAX_IDENTIFIER && identifier.indexOf('\0') < 0;
    }

    boolean inAggregate() {
        return !aggregate.isEmpty();
    }

    private static NewEvent of(Event event, byte[] bytes) {
        String aggregate = event.getAggregateType().isEmpty() ? "" : event.getAggregateIdentifier();
        return new NewEvent(
                bytes,
                event.getMessageIdentifier(),
                aggregate,
                event.getAggregateSequenceNumber(),
                event.getTimestamp());
    }
}
