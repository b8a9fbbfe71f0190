package dev.parley.delivery.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalCodecTest {

    private final SignalCodec codec = new SignalCodec();
    private final NodeId node = NodeId.random();
    private final AccountId account = new AccountId(UUID.randomUUID());

    @Test
    void whatIsSentIsHeard() {
        List<Signal> signals = List.of(
                new Signal.Typing(new ConversationId(UUID.randomUUID()), account, true),
                new Signal.DeviceClaimed(new DeviceKey(account, "phone"), Long.MAX_VALUE),
                new Signal.PresenceChanged(account, true, null),
                new Signal.PresenceChanged(account, false, Instant.ofEpochMilli(1_767_323_045_678L)));
        for (NodeId from : new NodeId[] {node, null}) {
            List<String> payloads = codec.encode(from, signals);
            assertThat(payloads).hasSize(1);
            SignalCodec.Heard heard = codec.decode(payloads.getFirst());
            assertThat(heard).isEqualTo(new SignalCodec.Heard(from == null ? null : from.toString(), signals));
        }
    }

    @Test
    void noPayloadIsLargerThanPostgresTakes() {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            signals.add(new Signal.DeviceClaimed(new DeviceKey(account, "ü".repeat(i % 65)), i));
        }
        signals.add(500, new Signal.DeviceClaimed(new DeviceKey(account, "x".repeat(9_000)), -1));
        List<String> payloads = codec.encode(node, signals);
        assertThat(payloads)
                .allSatisfy(payload -> assertThat(payload.getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(SignalCodec.MAX_PAYLOAD));
        List<Signal> heard = new ArrayList<>();
        payloads.forEach(payload -> heard.addAll(codec.decode(payload).signals()));
        signals.remove(500);
        assertThat(heard).isEqualTo(signals);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[1]",
                "{}",
                "{\"s\":[[]]}",
                "{\"s\":[7]}",
                "{\"s\":[[\"t\"]]}",
                "{\"s\":[[\"t\",\"no\",\"id\",true]]}",
                "{\"n\":3,\"s\":[]}",
                "{\"s\":[[\"p\",\"00000000-0000-0000-0000-000000000000\",false,\"late\"]]}"
            })
    void whatIsNoPayloadIsTold(String payload) {
        assertThat(codec.decode(payload)).isNull();
    }

    @Test
    void signalsOfANewerNodeArePassedOver() {
        SignalCodec.Heard heard =
                codec.decode("{\"n\":\"x\",\"s\":[[\"new\",1],[\"p\",\"" + account + "\",true,null]]}");
        assertThat(heard.signals()).containsExactly(new Signal.PresenceChanged(account, true, null));
    }
}
