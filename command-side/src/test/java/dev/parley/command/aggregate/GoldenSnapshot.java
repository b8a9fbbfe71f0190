package dev.parley.command.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.serialization.ParleySerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import tools.jackson.databind.json.JsonMapper;

/// `snapshots/<aggregate>.<revision>.json`: what the store holds of an aggregate that has snapshots. A
/// shape that no longer matches its file needs a new revision, with a file of its own.
public final class GoldenSnapshot {

    private static final ParleySerializer SERIALIZER = ParleySerializer.create();
    private static final JsonMapper JSON = new JsonMapper();

    private GoldenSnapshot() {}

    /// The state is written as the file, and what is read from the file is written so again.
    public static void assertIsThatOf(Object aggregate) {
        SerializedObject<String> written = SERIALIZER.serialize(aggregate, String.class);
        String golden = text(aggregate.getClass());
        assertThat(JSON.readTree(written.getData()))
                .as("raise @Revision and add its file, with %s", written.getData())
                .isEqualTo(JSON.readTree(golden));
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(golden, String.class, written.getType()));
        assertThat(SERIALIZER.serialize(read, String.class).getData()).isEqualTo(written.getData());
    }

    static String text(Class<?> aggregate) {
        Revision revision = aggregate.getAnnotation(Revision.class);
        assertThat(revision).as("@Revision of %s", aggregate).isNotNull();
        String file = "/snapshots/" + aggregate.getSimpleName() + "." + revision.value() + ".json";
        try (InputStream content = GoldenSnapshot.class.getResourceAsStream(file)) {
            assertThat(content).as("golden file %s", file).isNotNull();
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
