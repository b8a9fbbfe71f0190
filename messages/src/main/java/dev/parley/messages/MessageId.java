package dev.parley.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names a message: a UUIDv7 (RFC 9562, section 5.7) made by the client. It is the idempotency key of sending.
public record MessageId(@JsonValue UUID value) {

    /// @throws IllegalArgumentException if the UUID is not of version 7 and the RFC's variant
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MessageId {
        if (value.version() != 7 || value.variant() != 2) {
            throw new IllegalArgumentException("A message id is a UUID of version 7");
        }
    }

    /// @throws IllegalArgumentException if the text is not a UUID of version 7
    public static MessageId of(String text) {
        return new MessageId(UUID.fromString(text));
    }

    /// @param unixMillis when the message was made, 48 bits
    /// @param random 74 bits are taken from these 128
    public static MessageId at(long unixMillis, UUID random) {
        long most = (unixMillis << 16) | 0x7000L | (random.getMostSignificantBits() & 0x0fffL);
        long least = 0x8000_0000_0000_0000L | (random.getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL);
        return new MessageId(new UUID(most, least));
    }

    /// When the client says it made the message, in milliseconds since 1970.
    public long unixMillis() {
        return value.getMostSignificantBits() >>> 16;
    }

    /// The bare UUID: what JSON, URLs and the event store show.
    @Override
    public String toString() {
        return value.toString();
    }
}
