package dev.parley.axonserver.storage;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.axoniq.axonserver.grpc.event.Event;
import java.io.IOException;

/// An event that is to be stored, as the bytes that came: they are stored, and sent to readers, as they are. The rest
/// are copies of what the store needs to know of it. Immutable.
public final class NewEvent {

    /// Longest identifier, in characters: what fits an index entry of PostgreSQL with room to spare.
    static final int MAX_IDENTIFIER = 500;

    /// What an event must be like so that it can be stored.
    public static final String RULE = "An event needs a message identifier; identifiers have at most " + MAX_IDENTIFIER
            + " characters and no NUL";

    private final byte[] bytes;
    private final String message;
    private final String aggregate;
    private final long sequence;
    private final long timestamp;

    private NewEvent(Event event, byte[] bytes) {
        this.bytes = bytes;
        message = event.getMessageIdentifier();
        aggregate = event.getAggregateType().isEmpty() ? "" : event.getAggregateIdentifier();
        sequence = event.getAggregateSequenceNumber();
        timestamp = event.getTimestamp();
    }

    /// An event that does not come from the wire.
    public static NewEvent of(Event event) {
        return new NewEvent(event, event.toByteArray());
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
        return new NewEvent(event, bytes);
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

    /// Whether it fits the indexes.
    public static boolean storable(String identifier) {
        return identifier.length() <= MAX_IDENTIFIER && identifier.indexOf('\0') < 0;
    }

    boolean inAggregate() {
        return !aggregate.isEmpty();
    }

    /// The protobuf message [Event]; not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    /// Its identifier.
    public String message() {
        return message;
    }

    /// Empty if the event belongs to none: as at a real Axon Server, it takes a type and an identifier.
    public String aggregate() {
        return aggregate;
    }

    /// Its place in the aggregate, if it belongs to one.
    long sequence() {
        return sequence;
    }

    /// Milliseconds since the epoch.
    long timestamp() {
        return timestamp;
    }
}
