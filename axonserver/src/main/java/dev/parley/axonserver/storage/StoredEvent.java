package dev.parley.axonserver.storage;

import com.google.protobuf.InvalidProtocolBufferException;
import io.axoniq.axonserver.grpc.event.Event;

/// A committed event. All readers share it, and it is sent as it is stored: nobody takes it apart but who must.
/// Immutable.
public final class StoredEvent {

    private final long index;
    private final byte[] encoded;

    /// Takes the bytes over.
    ///
    /// @param encoded the protobuf message [Event]; not to be changed any more
    public StoredEvent(long index, byte[] encoded) {
        this.index = index;
        this.encoded = encoded;
    }

    /// Its place in the log, from 0, without gaps.
    public long index() {
        return index;
    }

    /// The protobuf message [Event]; not to be changed.
    public byte[] encoded() {
        return encoded;
    }

    /// Its size on the wire.
    public int bytes() {
        return encoded.length;
    }

    /// Takes it apart, each time again.
    public Event event() {
        try {
            return Event.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("The event store holds an event that cannot be read: " + index, e);
        }
    }
}
