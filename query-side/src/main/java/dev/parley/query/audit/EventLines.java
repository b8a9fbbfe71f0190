package dev.parley.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.query.stored.StoredForm;
import io.axoniq.axonserver.grpc.MetaDataValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes facts as the lines that auditors export and that the chain of digests is made of ([EventLine]). The same fact
/// gives the same line whenever and wherever it is read, also one whose class is unknown. Thread-safe.
@Component
public final class EventLines {

    private final StoredForm storedForm;
    private final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /// @param serializer reads what is in the store
    public EventLines(@Qualifier("eventSerializer") Serializer serializer) {
        this.storedForm = new StoredForm(serializer);
    }

    /// @param message as it was read from the store
    /// @param position its global index in the store
    public EventLine of(EventMessage<?> message, long position) {
        SerializedObject<byte[]> stored = storedForm.bytes(message);
        String type = stored.getType().getName();
        String revision = stored.getType().getRevision();
        String stream = stream(message);
        StringBuilder line = new StringBuilder(256 + stored.getData().length).append("{\"position\":");
        line.append(position);
        text(line, "at", message.getTimestamp().toString());
        text(line, "id", message.getIdentifier());
        text(line, "type", type);
        if (revision != null && !revision.isEmpty()) {
            text(line, "revision", revision);
        }
        if (stream != null && message instanceof DomainEventMessage<?> domain) {
            text(line, "aggregate", stream);
            line.append(",\"seq\":").append(domain.getSequenceNumber());
        }
        metadata(line, message);
        payload(line, stored.getData());
        return new EventLine(
                position, message.getTimestamp(), type, stream, line.append('}').toString());
    }

    /// The stream a fact belongs to, null for one that belongs to none.
    static @Nullable String stream(EventMessage<?> message) {
        return message instanceof DomainEventMessage<?> domain
                        && domain.getAggregateIdentifier() != null
                        && !domain.getAggregateIdentifier().isEmpty()
                ? domain.getAggregateIdentifier()
                : null;
    }

    /// As it is stored: reading what is in it could fail, or lose what it was.
    private void metadata(StringBuilder line, EventMessage<?> message) {
        Map<String, @Nullable Object> metadata = new TreeMap<>();
        storedForm.metadata(message).forEach((key, value) -> metadata.put(key, value(value)));
        if (!metadata.isEmpty()) {
            line.append(",\"metadata\":").append(json.writeValueAsString(metadata));
        }
    }

    private static @Nullable Object value(MetaDataValue value) {
        return switch (value.getDataCase()) {
            case TEXT_VALUE -> value.getTextValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOLEAN_VALUE -> value.getBooleanValue();
            case BYTES_VALUE -> Bytes.of(value);
            case DATA_NOT_SET -> null;
        };
    }

    /// A value of metadata that is an object.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonPropertyOrder({"type", "revision", "bytes"})
    private record Bytes(
            @JsonInclude String type,
            String revision,
            @JsonInclude String bytes) {

        static Bytes of(MetaDataValue value) {
            var stored = value.getBytesValue();
            return new Bytes(
                    stored.getType(),
                    stored.getRevision(),
                    Base64.getEncoder().encodeToString(stored.getData().toByteArray()));
        }
    }

    private void payload(StringBuilder line, byte[] data) {
        String payload = decoded(data);
        if (payload == null) {
            text(line, "payloadBytes", Base64.getEncoder().encodeToString(data));
        } else if (OneJson.is(payload)) {
            line.append(",\"payload\":").append(payload);
        } else {
            text(line, "payloadText", payload);
        }
    }

    private static @Nullable String decoded(byte[] data) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private void text(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":").append(json.writeValueAsString(value));
    }
}
