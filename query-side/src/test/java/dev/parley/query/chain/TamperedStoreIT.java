package dev.parley.query.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.parley.messages.AccountId;
import dev.parley.testing.Room;
import io.axoniq.axonserver.grpc.event.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
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
        Path before;
        try (OwnProduct product = new OwnProduct(database)) {
            Telling.tell(product);
            product.awaitCheckpoint();
            proof = product.get(PROOF, folder.resolve("proof"));
            keys = product.get("/api/v1/audit/keys", folder.resolve("keys"));
            before = product.export("", folder.resolve("before"));
            assertThat(OwnProduct.verify(before, proof, keys))
                    .startsWith("GOOD")
                    .endsWith("\nexit 0");
        }

        alter(5);
        sql.sql("delete from axonserver.event where global_index = 9").update();
        sql.sql("delete from axon.token_entry where processorname = 'chain'").update();
        try (OwnProduct product = new OwnProduct(database, OtherForm.class)) {
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
            Path export = product.export("", folder.resolve("after"));
            assertThat(OwnProduct.verify(export, proof, keys))
                    .startsWith("ALTERED: the event at position 5 is not what was stored")
                    .endsWith("exit 1");
            List<String> lines = Files.readAllLines(export);
            lines.set(5, Files.readAllLines(before).get(5));
            Files.write(export, lines);
            assertThat(OwnProduct.verify(export, proof, keys))
                    .startsWith(
                            "DROPPED: the event at position 9 is not in the export; in its place is line 10, position 10")
                    .endsWith("exit 1");

            Room.of(product.store(), new AccountId(UUID.randomUUID()));
            product.awaitCheckpoint();
            assertThat(product.get(PROOF).body()).startsWith(Files.readString(proof));
        }
    }

    /// A later version, in which messages have another form than the stored one.
    /// It bears no annotation, lest it be found by every test.
    static class OtherForm {

        @Bean
        EventUpcaster upcaster() {
            return new SingleEventUpcaster() {
                @Override
                protected boolean canUpcast(IntermediateEventRepresentation event) {
                    return event.getType().getName().equals("MessageSent");
                }

                @Override
                protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                    return event.upcast(
                            new SimpleSerializedType("MessageSent", "3"),
                            String.class,
                            payload -> payload.replace("message ", "upcast "),
                            metadata -> metadata);
                }
            };
        }
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
