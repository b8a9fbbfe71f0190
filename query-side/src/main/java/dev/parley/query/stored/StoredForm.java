package dev.parley.query.stored;

import io.axoniq.axonserver.grpc.MetaDataValue;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;

/// Gets at a message's payload as the store holds it, without reading it into a class: facts whose class is gone, or
/// not here yet, are shown like all others.
///
/// Axon hands out the stored form (`SerializedMessage.serializePayload`) only to a serializer that equals the one the
/// message was read with, and wraps that one in serializers of its own. So this one says it equals any; it is used for
/// nothing else. Thread-safe.
public final class StoredForm implements Serializer {

    private final Serializer delegate;

    /// @param delegate reads and writes what is in the store
    public StoredForm(Serializer delegate) {
        this.delegate = delegate;
    }

    public SerializedObject<String> of(Message<?> message) {
        return message.serializePayload(this, String.class);
    }

    /// The stored name.
    public String type(Message<?> message) {
        return bytes(message).getType().getName();
    }

    public SerializedObject<byte[]> bytes(Message<?> message) {
        return message.serializePayload(this, byte[].class);
    }

    /// Of a message from the event store, nothing else: its metadata unread, values whose class is unknown among them.
    @SuppressWarnings("unchecked")
    public Map<String, MetaDataValue> metadata(Message<?> message) {
        return message.serializeMetaData(this, Map.class).getData();
    }

    @Override
    public Converter getConverter() {
        return delegate.getConverter();
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
        return delegate.serialize(object, expectedRepresentation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return delegate.canSerializeTo(expectedRepresentation);
    }

    @Override
    public <S, T> T deserialize(SerializedObject<S> serializedObject) {
        return delegate.deserialize(serializedObject);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        return delegate.classForType(type);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        return delegate.typeForClass(type);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Serializer;
    }

    @Override
    public int hashCode() {
        return Serializer.class.hashCode();
    }
}
