package dev.parley.axonserver.event;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.parley.axonserver.storage.NewEvent;
import dev.parley.axonserver.storage.StoredEvent;
import io.axoniq.axonserver.grpc.event.PayloadDescription;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BiFunction;

/// Events on the wire, as the bytes that they are in the store: they are neither taken apart nor put together again for
/// each reader. Numbers are those of the fields in `event.proto`.
final class EventWire {

    private static final int EVENT_PAYLOAD = 6;
    private static final int PAYLOAD_TYPE = 1;
    private static final int PAYLOAD_REVISION = 2;
    private static final int FIELD_NUMBER_SHIFT = 3;
    private static final byte[] NONE = {};

    private EventWire() {}

    /// `Event` as it comes from clients.
    static Marshaller<NewEvent> incoming() {
        return new Marshaller<>() {
            @Override
            public InputStream stream(NewEvent event) {
                return new Pieces(NONE, 0, event.bytes());
            }

            @Override
            public NewEvent parse(InputStream stream) {
                try {
                    return NewEvent.parse(stream.readAllBytes());
                } catch (IOException e) {
                    throw Status.INTERNAL
                            .withDescription("The message is not an event")
                            .withCause(e)
                            .asRuntimeException();
                }
            }
        };
    }

    /// `Event` as it goes to clients.
    static Marshaller<StoredEvent> outgoing() {
        return new Outgoing((event, head) -> 0);
    }

    /// `EventWithToken`:
    ///
    /// ```
    /// | 0x08 | index (varint) | 0x12 | length (varint) | event |
    /// ```
    static Marshaller<StoredEvent> outgoingWithToken() {
        return new Outgoing((event, head) -> {
            CodedOutputStream out = CodedOutputStream.newInstance(head);
            try {
                out.writeInt64(1, event.index());
                out.writeTag(2, 2);
                out.writeUInt32NoTag(event.encoded().length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return head.length - out.spaceLeft();
        });
    }

    /// The payload's type and revision.
    static PayloadDescription payload(StoredEvent event) {
        PayloadDescription.Builder payload = PayloadDescription.newBuilder();
        CodedInputStream in = CodedInputStream.newInstance(event.encoded());
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag >>> FIELD_NUMBER_SHIFT == EVENT_PAYLOAD) {
                    int limit = in.pushLimit(in.readRawVarint32());
                    for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
                        switch (inner >>> FIELD_NUMBER_SHIFT) {
                            case PAYLOAD_TYPE -> payload.setType(in.readStringRequireUtf8());
                            case PAYLOAD_REVISION -> payload.setRevision(in.readStringRequireUtf8());
                            default -> in.skipField(inner);
                        }
                    }
                    in.popLimit(limit);
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The event store holds an event that cannot be read: " + event.index(), e);
        }
        return payload.build();
    }

    /// @param head writes what goes before the event into an array, and says how much that is
    private record Outgoing(BiFunction<StoredEvent, byte[], Integer> head) implements Marshaller<StoredEvent> {

        /// Tag and number, tag and length.
        private static final int LONGEST_HEAD = 1 + 10 + 1 + 5;

        @Override
        public InputStream stream(StoredEvent event) {
            byte[] bytes = new byte[LONGEST_HEAD];
            return new Pieces(bytes, head.apply(event, bytes), event.encoded());
        }

        @Override
        public StoredEvent parse(InputStream stream) {
            throw new UnsupportedOperationException("Only sent, never received");
        }
    }

    /// A message in two pieces, which the transport copies straight into its buffer.
    private static final class Pieces extends InputStream implements Drainable, KnownLength {

        private final byte[] head;
        private final int headLength;
        private final byte[] body;
        private int position;

        private Pieces(byte[] head, int headLength, byte[] body) {
            this.head = head;
            this.headLength = headLength;
            this.body = body;
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            if (position > 0) {
                return (int) new ByteArrayInputStream(readAllBytes()).transferTo(target);
            }
            target.write(head, 0, headLength);
            target.write(body, 0, body.length);
            position = headLength + body.length;
            return position;
        }

        @Override
        public int available() {
            return headLength + body.length - position;
        }

        @Override
        public int read() {
            if (available() == 0) {
                return -1;
            }
            int at = position++;
            return 0xff & (at < headLength ? head[at] : body[at - headLength]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (available() == 0 && length > 0) {
                return -1;
            }
            boolean inHead = position < headLength;
            int count = Math.min(length, inHead ? headLength - position : available());
            System.arraycopy(inHead ? head : body, inHead ? position : position - headLength, target, offset, count);
            position += count;
            return count;
        }
    }
}
