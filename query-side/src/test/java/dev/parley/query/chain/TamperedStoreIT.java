package dev.parley.query.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.testing.Room;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Somebody has a hand in the event store's own table.
class TamperedStoreIT {

    private static final String PROOF = "/api/v1/audit/proof";

    @TempDir
    private Path folder;

    private final Database database = new Database();
    private final JdbcClient sql = database.jdbc();

    @Test
    void eventsThatAreAlteredOrGoneAreNamed() throws Exception {
        Path proof;
        Path keys;
        long events;
        try (OwnProduct product = new OwnProduct(database)) {
            tell(product);
            product.awaitCheckpoint();
            proof = product.get(PROOF, folder.resolve("proof"));
            keys = product.get("/api/v1/audit/keys", folder.resolve("keys"));
            Path export = product.export(folder.resolve("export"));
            events = product.head() + 1;
            assertThat(Files.readAllLines(export)).hasSize((int) events);
            assertThat(OwnProduct.verify(export, proof, keys))
                    .startsWith("GOOD: " + events + " events are what ")
                    .endsWith("\nexit 0");
            assertThat(Files.readString(export)).contains("\"type\":\"PieceMoved\"");
        }

        alter(5);
        try (OwnProduct product = new OwnProduct(database)) {
            Path export = product.export(folder.resolve("altered"));
            assertThat(OwnProduct.verify(export, proof, keys))
                    .startsWith("ALTERED: the event at position 5 is not what was stored")
                    .endsWith("exit 1");
            assertThat(product.bean(Breaks.class).first()).isEmpty();
        }

        sql.sql("delete from axonserver.event where global_index = 9").update();
        sql.sql("delete from axon.token_entry where processorname = 'chain'").update();
        try (OwnProduct product = new OwnProduct(database)) {
            product.awaitChain();
            assertThat(product.bean(Breaks.class).first())
                    .extracting(found -> found.position() + " " + found.what())
                    .containsExactly("5 altered", "9 missing");
            assertThat(product.get("/api/v1/audit/checkpoints?limit=1").body())
                    .contains("\"breaks\":[{\"position\":5,\"what\":\"altered\",\"seenAt\":");
            MeterRegistry meters = product.bean(MeterRegistry.class);
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            meters.get("parley.query-side.chain.breaks").gauge().value() == 2);
            assertThat(product.get(PROOF).body()).startsWith(Files.readString(proof));
            Path export = product.export(folder.resolve("gone"));
            Files.write(export, untouched(Files.readAllLines(export)));
            assertThat(OwnProduct.verify(export, proof, keys))
                    .startsWith(
                            "DROPPED: the event at position 9 is not in the export; in its place is line 10, position 10")
                    .endsWith("exit 1");

            Room.of(product.store(), new AccountId(UUID.randomUUID()));
            product.awaitCheckpoint();
            assertThat(product.get(PROOF).body()).startsWith(Files.readString(proof));
        }
    }

    @Test
    void pagesAndSingleCheckpointsAreGiven() throws Exception {
        try (OwnProduct product = new OwnProduct(database)) {
            tell(product);
            product.awaitCheckpoint();
            long head = product.head();
            String one = product.get("/api/v1/audit/checkpoints/" + head).body();
            assertThat(one)
                    .startsWith("{\"position\":" + head + ",\"previousPosition\":")
                    .doesNotContain("leaves");
            assertThat(product.get("/api/v1/audit/checkpoints/" + head + "?leaves=true")
                            .body())
                    .startsWith(one.substring(0, one.length() - 1) + ",\"leaves\":[{\"first\":");
            assertThat(product.get("/api/v1/audit/checkpoints").body()).contains(one);
            assertThat(product.get("/api/v1/audit/checkpoints/99999").body()).contains("not-found");
            assertThat(product.get("/api/v1/audit/checkpoints/x").statusCode()).isEqualTo(400);
            assertThat(product.get("/api/v1/audit/checkpoints?cursor=x").statusCode())
                    .isEqualTo(400);
            assertThat(product.get(PROOF + "?after=x").statusCode()).isEqualTo(400);
            assertThat(product.get(PROOF + "?after=" + head).body()).isEmpty();
            assertThat(product.get(PROOF + "?upTo=" + head).body())
                    .hasLineCount(product.get(PROOF).body().lines().toList().size());
            assertThat(product.get("/api/v1/audit/keys").body()).contains("\"algorithm\":\"Ed25519\"");
        }
    }

    /// With the event that was altered as it was.
    private List<String> untouched(List<String> export) throws Exception {
        List<String> lines = new ArrayList<>(export);
        lines.set(5, Files.readAllLines(folder.resolve("export")).get(5));
        return lines;
    }

    private void tell(OwnProduct product) throws Exception {
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
                        .setPayload(SerializedObject.newBuilder()
                                .setType("PieceMoved")
                                .setRevision("7")
                                .setData(ByteString.copyFromUtf8("{\"b\":1, \"a\" : [true]}")))
                        .build())
                .get();
    }

    /// One word of a message that was said.
    private void alter(long position) throws Exception {
        byte[] stored = sql.sql("select event from axonserver.event where global_index = ?")
                .param(position)
                .query(byte[].class)
                .single();
        Event event = Event.parseFrom(stored);
        String payload = event.getPayload().getData().toStringUtf8();
        assertThat(payload).contains("message 1");
        Event altered = event.toBuilder()
                .setPayload(event.getPayload().toBuilder()
                        .setData(ByteString.copyFromUtf8(payload.replace("message 1", "message 2"))))
                .build();
        sql.sql("update axonserver.event set event = ? where global_index = ?")
                .params(List.of(altered.toByteArray(), position))
                .update();
    }
}
