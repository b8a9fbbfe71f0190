package dev.parley.query.chain;

import com.google.protobuf.ByteString;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.testing.Room;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/// Some facts of every kind that an event store may hold.
final class Telling {

    private Telling() {}

    static void tell(OwnProduct product) throws Exception {
        AccountId alice = Room.register(product.store(), "alice-" + UUID.randomUUID());
        Room room = Room.of(product.store(), alice);
        room.say(alice, "Grüße \"👋\"");
        foreign(product);
        for (int i = 0; i < 30; i++) {
            room.say(alice, "message " + i);
        }
        ApplicationCleared cleared = new ApplicationCleared(1, new GameId(1), Instant.now());
        product.store().publish(new GenericDomainEventMessage<>("Application", "application", 0, cleared));
        room.say(alice, "after the clear");
    }

    static void tellMore(OwnProduct product) {
        Room room = Room.of(product.store(), new AccountId(UUID.randomUUID()));
        for (int i = 0; i < 9; i++) {
            room.say(new AccountId(UUID.randomUUID()), "more " + i);
        }
    }

    /// A fact whose class nobody knows, in no stream, with metadata of every kind.
    private static void foreign(OwnProduct product) throws Exception {
        product.bean(AxonServerConnectionManager.class)
                .getConnection()
                .eventChannel()
                .appendEvents(Event.newBuilder()
                        .setMessageIdentifier(UUID.randomUUID().toString())
                        .setTimestamp(System.currentTimeMillis())
                        .putMetaData(
                                "text",
                                MetaDataValue.newBuilder().setTextValue("ü").build())
                        .putMetaData(
                                "number",
                                MetaDataValue.newBuilder().setNumberValue(3).build())
                        .putMetaData(
                                "flag",
                                MetaDataValue.newBuilder().setBooleanValue(true).build())
                        .putMetaData(
                                "double",
                                MetaDataValue.newBuilder().setDoubleValue(0.1).build())
                        .putMetaData(
                                "object",
                                MetaDataValue.newBuilder()
                                        .setBytesValue(SerializedObject.newBuilder()
                                                .setType("com.example.Gone")
                                                .setData(ByteString.copyFromUtf8("no JSON")))
                                        .build())
                        .setPayload(SerializedObject.newBuilder()
                                .setType("PieceMoved")
                                .setRevision("7")
                                .setData(ByteString.copyFromUtf8("{\"b\":1, \"a\" : [true]}")))
                        .build())
                .get();
    }
}
