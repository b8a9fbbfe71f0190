package dev.parley.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.messages.serialization.ParleySerializer;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.event.axon.GrpcBackedDomainEventData;
import org.axonframework.axonserver.connector.event.axon.GrpcMetaDataAwareSerializer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.Test;

class EventLinesTest {

    private final EventLines lines = new EventLines(ParleySerializer.create());

    @Test
    void aLineHoldsAllThatIsStoredAndNoSpace() {
        Event event = event("{\"b\": 1, \"a\":[\"ü\"]}").toBuilder()
                .putMetaData(
                        "z", MetaDataValue.newBuilder().setTextValue("\"\n").build())
                .putMetaData("a", MetaDataValue.newBuilder().setNumberValue(3).build())
                .putMetaData(
                        "t", MetaDataValue.newBuilder().setBooleanValue(true).build())
                .build();
        assertThat(line(event))
                .isEqualTo(
                        "{\"position\":7,\"at\":\"2026-01-02T03:04:05.678Z\",\"id\":\"an-id\",\"type\":\"PieceMoved\","
                                + "\"revision\":\"7\",\"aggregate\":\"game\",\"seq\":3,"
                                + "\"metadata\":{\"a\":3,\"t\":true,\"z\":\"\\\"\\n\"},"
                                + "\"payload\":{\"b\": 1, \"a\":[\"ü\"]}}");
    }

    @Test
    void whatIsAbsentIsLeftOut() {
        Event event = event("1").toBuilder()
                .setAggregateIdentifier("")
                .setPayload(payload(ByteString.copyFromUtf8("1")).setRevision(""))
                .build();
        assertThat(line(event))
                .isEqualTo(
                        "{\"position\":7,\"at\":\"2026-01-02T03:04:05.678Z\",\"id\":\"an-id\",\"type\":\"PieceMoved\","
                                + "\"payload\":1}");
    }

    @Test
    void aPayloadCannotBreakOutOfItsLine() {
        assertThat(line(event("1,\"seq\":9"))).endsWith(",\"payloadText\":\"1,\\\"seq\\\":9\"}");
        assertThat(line(event("{}{}"))).endsWith(",\"payloadText\":\"{}{}\"}");
        assertThat(line(event("{\"a\":\n1}"))).endsWith(",\"payloadText\":\"{\\\"a\\\":\\n1}\"}");
        assertThat(line(event("{\"a\":1"))).endsWith(",\"payloadText\":\"{\\\"a\\\":1\"}");
        assertThat(line(event(""))).endsWith(",\"payloadText\":\"\"}");
        assertThat(line(event("[".repeat(100_000)))).contains("\"payloadText\":\"[[[");
    }

    @Test
    void bytesThatAreNoTextAreKept() {
        Event event = event("").toBuilder()
                .setPayload(payload(ByteString.copyFrom(new byte[] {'"', (byte) 0xFF, '"'})))
                .build();
        assertThat(line(event)).endsWith(",\"payloadBytes\":\"Iv8i\"}");
    }

    @Test
    void metadataIsAsItIsStoredWhetherOrNotItsClassIsKnown() {
        Event event = event("1").toBuilder()
                .putMetaData("gone", bytes("com.example.Gone", "2", "{\"x\":"))
                .putMetaData("known", bytes("dev.parley.messages.AccountId", "", "no id"))
                .putMetaData("nothing", MetaDataValue.getDefaultInstance())
                .putMetaData(
                        "real", MetaDataValue.newBuilder().setDoubleValue(0.1).build())
                .build();
        assertThat(line(event))
                .endsWith(",\"metadata\":{\"gone\":{\"type\":\"com.example.Gone\",\"revision\":\"2\","
                        + "\"bytes\":\"eyJ4Ijo=\"},\"known\":{\"type\":\"dev.parley.messages.AccountId\","
                        + "\"bytes\":\"bm8gaWQ=\"},\"nothing\":null,\"real\":0.1},\"payload\":1}");
    }

    private static MetaDataValue bytes(String type, String revision, String data) {
        return MetaDataValue.newBuilder()
                .setBytesValue(SerializedObject.newBuilder()
                        .setType(type)
                        .setRevision(revision)
                        .setData(ByteString.copyFromUtf8(data)))
                .build();
    }

    private static Event event(String payload) {
        return Event.newBuilder()
                .setMessageIdentifier("an-id")
                .setAggregateIdentifier("game")
                .setAggregateType("Game")
                .setAggregateSequenceNumber(3)
                .setTimestamp(1767323045678L)
                .setPayload(payload(ByteString.copyFromUtf8(payload)))
                .build();
    }

    private static SerializedObject.Builder payload(ByteString data) {
        return SerializedObject.newBuilder()
                .setType("PieceMoved")
                .setRevision("7")
                .setData(data);
    }

    private String line(Event event) {
        EventMessage<?> message = EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new TrackedDomainEventData<>(
                                new GlobalSequenceTrackingToken(7), new GrpcBackedDomainEventData(event))),
                        new GrpcMetaDataAwareSerializer(ParleySerializer.create()),
                        NoOpEventUpcaster.INSTANCE)
                .findFirst()
                .orElseThrow();
        return lines.of(message, 7).text();
    }
}
