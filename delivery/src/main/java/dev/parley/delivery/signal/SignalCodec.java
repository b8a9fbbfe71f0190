package dev.parley.delivery.signal;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signals as the payload of a PostgreSQL notification: compact JSON, no payload larger than [#MAX_PAYLOAD].
///
/// ```
/// {"n":"<node>","s":[["t","<conversation>","<account>",true],
///                    ["c","<account>","<device>",17],
///                    ["p","<account>",false,1767323045678]]}
/// ```
///
/// `n` is there where the sender has delivered to its own sessions already. A first element that is not known is passed
/// over: it is from a newer node. Thread-safe.
final class SignalCodec {

    /// PostgreSQL takes 7,999 bytes ("NOTIFY", Notes).
    static final int MAX_PAYLOAD = 7_900;

    private final JsonMapper json = JsonMapper.builder().build();

    /// @param from null for signals that their sender is to hear too
    record Heard(@Nullable String from, List<Signal> signals) {}

    /// @param from null if the sender is to hear them too
    /// @return as few payloads as they fit in; a signal that fits in none is left out
    List<String> encode(@Nullable NodeId from, Collection<? extends Signal> signals) {
        String head = from == null ? "{\"s\":[" : "{\"n\":\"" + from + "\",\"s\":[";
        List<String> payloads = new ArrayList<>();
        StringBuilder payload = new StringBuilder(head);
        int bytes = head.length();
        for (Signal signal : signals) {
            String text = json.writeValueAsString(elements(signal));
            int size = text.getBytes(StandardCharsets.UTF_8).length + 1;
            if (head.length() + size + 2 > MAX_PAYLOAD) {
                continue;
            }
            if (bytes + size + 2 > MAX_PAYLOAD) {
                payloads.add(payload.append("]}").toString());
                payload = new StringBuilder(head);
                bytes = head.length();
            }
            if (bytes > head.length()) {
                payload.append(',');
            }
            payload.append(text);
            bytes += size;
        }
        if (bytes > head.length()) {
            payloads.add(payload.append("]}").toString());
        }
        return payloads;
    }

    /// @return null for what is no payload of ours
    @Nullable
    Heard decode(String payload) {
        try {
            JsonNode root = json.readTree(payload);
            List<Signal> signals = new ArrayList<>();
            for (JsonNode element : root.required("s")) {
                Signal signal = signal(element);
                if (signal != null) {
                    signals.add(signal);
                }
            }
            JsonNode from = root.get("n");
            return new Heard(from == null ? null : from.stringValue(), signals);
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    private static List<@Nullable Object> elements(Signal signal) {
        return switch (signal) {
            case Signal.Typing typing ->
                Arrays.asList(
                        "t", typing.conversation().toString(), typing.account().toString(), typing.on());
            case Signal.DeviceClaimed claimed ->
                Arrays.asList(
                        "c",
                        claimed.device().account().toString(),
                        claimed.device().device(),
                        claimed.number());
            case Signal.PresenceChanged changed ->
                Arrays.asList(
                        "p",
                        changed.account().toString(),
                        changed.online(),
                        changed.lastActive() == null
                                ? null
                                : changed.lastActive().toEpochMilli());
        };
    }

    private static @Nullable Signal signal(JsonNode element) {
        return switch (element.required(0).stringValue()) {
            case "t" ->
                new Signal.Typing(
                        ConversationId.of(element.required(1).stringValue()),
                        AccountId.of(element.required(2).stringValue()),
                        element.required(3).booleanValue());
            case "c" ->
                new Signal.DeviceClaimed(
                        new DeviceKey(
                                AccountId.of(element.required(1).stringValue()),
                                element.required(2).stringValue()),
                        element.required(3).longValue());
            case "p" ->
                new Signal.PresenceChanged(
                        AccountId.of(element.required(1).stringValue()),
                        element.required(2).booleanValue(),
                        element.required(3).isNull()
                                ? null
                                : Instant.ofEpochMilli(element.required(3).longValue()));
            default -> null;
        };
    }
}
