package dev.parley.messages.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Facts that were stored once are read for ever: `facts/<name>.<revision>.json` is what the store holds.
class GoldenFactsTest {

    private final ParleySerializer serializer = ParleySerializer.create();
    private final JsonMapper json = new JsonMapper();

    static Stream<Class<?>> facts() {
        return FactNames.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("facts")
    void hasARevision(Class<?> fact) {
        assertThat(fact).hasAnnotation(Revision.class);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void isStoredUnderItsName(Class<?> fact) {
        var type = serializer.typeForClass(fact);
        assertThat(type.getName()).isEqualTo(FactNames.nameOf(fact)).doesNotContain("dev.parley");
        assertThat(type.getRevision()).isEqualTo(revision(fact));
        assertThat(serializer.classForType(type)).isEqualTo(fact);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void isReadAndWrittenAsItsGoldenFile(Class<?> fact) throws IOException {
        JsonNode golden = golden(fact);
        Fact read = serializer.deserialize(
                new SimpleSerializedObject<>(golden.toString(), String.class, serializer.typeForClass(fact)));

        assertThat(read).isInstanceOf(fact);
        SerializedObject<String> written = serializer.serialize(read, String.class);
        assertThat(json.readTree(written.getData())).isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void isReadFromTheGoldenFilesOfEarlierRevisions(Class<?> fact) throws IOException {
        for (int earlier = Integer.parseInt(revision(fact)) - 1; earlier > 0; earlier--) {
            String revision = Integer.toString(earlier);
            Fact read = serializer.deserialize(new SimpleSerializedObject<>(
                    golden(fact, revision).toString(), String.class, FactNames.nameOf(fact), revision));

            assertThat(read).isInstanceOf(fact).hasNoNullFieldsOrPropertiesExcept("replyTo");
        }
    }

    private JsonNode golden(Class<?> fact) throws IOException {
        return golden(fact, revision(fact));
    }

    private JsonNode golden(Class<?> fact, String revision) throws IOException {
        String file = "/facts/" + FactNames.nameOf(fact) + "." + revision + ".json";
        try (InputStream content = getClass().getResourceAsStream(file)) {
            assertThat(content).as("golden file %s", file).isNotNull();
            return json.readTree(content);
        }
    }

    private static String revision(Class<?> fact) {
        return fact.getAnnotation(Revision.class).value();
    }
}
