package dev.parley.delivery.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.parley.messages.Fact;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.serialization.FactNames;
import dev.parley.messages.serialization.ParleySerializer;
import dev.parley.testing.DescribedFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `docs/asyncapi.yaml` says what the code does: the same frames, fields, codes and events, no more and no less.
class AsyncApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FACTS = Path.of("../messages/src/test/resources/facts");

    private final FrameReader reader = new FrameReader();

    private static List<String> messages(String operation) {
        return DescribedFrames.api()
                .at("/operations/" + operation + "/messages")
                .valueStream()
                .map(message -> message.path("$ref").asString().replaceAll(".*/", ""))
                .toList();
    }

    static List<String> clientFrames() {
        return messages("clientSays");
    }

    static List<String> serverFrames() {
        return messages("serverSays");
    }

    static Stream<Class<?>> delivered() {
        return FactNames.all().keySet().stream()
                .filter(type ->
                        ConversationEvent.class.isAssignableFrom(type) || MemberEvent.class.isAssignableFrom(type));
    }

    private static JsonNode example(String message) {
        return DescribedFrames.api().at("/components/messages/" + message + "/examples/0/payload");
    }

    @Test
    void theClientsFramesAreThese() {
        Set<String> read = leaves(ClientFrame.class)
                .filter(type -> type != ClientFrame.Refused.class && type != ClientFrame.Broken.class)
                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(clientFrames()).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void theServersFramesAreThese() {
        Set<String> written = leaves(ServerFrame.class)
                .map(type -> type.getAnnotation(JsonTypeName.class).value())
                .collect(Collectors.toSet());

        assertThat(serverFrames()).containsExactlyInAnyOrderElementsOf(written);
    }

    @ParameterizedTest
    @MethodSource("clientFrames")
    void theExampleIsGoodAndWithoutARequiredFieldItIsNot(String message) {
        JsonNode example = example(message);
        assertThat(DescribedFrames.faults(example)).isEmpty();
        assertThat(reader.read(example.toString()))
                .isNotInstanceOfAny(ClientFrame.Refused.class, ClientFrame.Broken.class);
        for (JsonNode field : DescribedFrames.api().at("/components/schemas/" + message + "/required")) {
            ObjectNode without = (ObjectNode) example.deepCopy();
            without.remove(field.asString());
            assertThat(reader.read(without.toString()))
                    .as("%s without %s", message, field)
                    .isInstanceOfAny(ClientFrame.Refused.class, ClientFrame.Broken.class);
        }
    }

    @ParameterizedTest
    @MethodSource("serverFrames")
    void theServersExampleIsGood(String message) {
        assertThat(DescribedFrames.faults(example(message))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("delivered")
    void theFrameOfAFactIsDescribed(Class<?> fact) throws IOException {
        JsonNode frame = JSON.readTree(encode(fact));

        assertThat(DescribedFrames.faults(frame)).as(frame.toString()).isEmpty();
    }

    @Test
    void theEventsAreThese() throws IOException {
        Set<String> sent = new TreeSet<>();
        for (Class<?> fact : delivered().toList()) {
            sent.add(JSON.readTree(encode(fact)).path("event").asString());
        }
        Set<String> described = DescribedFrames.api()
                .at("/components/schemas/event/oneOf")
                .valueStream()
                .map(schema -> schema.path("$ref").asString().replaceAll(".*/(.*)-event", "$1"))
                .collect(Collectors.toSet());

        assertThat(described).isEqualTo(sent);
    }

    @Test
    void theCodesAreThese() {
        assertThat(DescribedFrames.api().at("/components/schemas/code/enum").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RejectionCode.values())
                        .map(RejectionCode::text)
                        .toList());
        assertThat(DescribedFrames.api().path("x-close-codes").propertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(CloseCode.values())
                        .map(code -> Integer.toString(code.code()))
                        .toList());
    }

    private static String encode(Class<?> type) throws IOException {
        return switch (golden(type)) {
            case ConversationEvent fact -> EventFrames.encode(7, 3, fact);
            case MemberEvent fact -> EventFrames.encode(7, fact);
            default -> throw new AssertionError(type);
        };
    }

    private static Fact golden(Class<?> type) throws IOException {
        String revision = type.getAnnotation(Revision.class).value();
        String json = Files.readString(FACTS.resolve(FactNames.nameOf(type) + "." + revision + ".json"));
        ParleySerializer serializer = ParleySerializer.create();
        return serializer.deserialize(new SimpleSerializedObject<>(json, String.class, serializer.typeForClass(type)));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Arrays.stream(permitted).flatMap(AsyncApiTest::leaves);
    }
}
