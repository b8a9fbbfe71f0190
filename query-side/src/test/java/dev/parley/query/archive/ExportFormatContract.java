package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What an export may rely on of the format it writes, and its readers of the file.
interface ExportFormatContract {

    JsonMapper JSON = new JsonMapper();
    Export.End COMPLETE = new Export.End("complete", 5, 9L, null);
    Export.End CUT_OFF = new Export.End("cut-off", 5, 7L, "The server is stopping");
    List<String> BODIES =
            List.of("plain", "two\r\nlines\nand \"quotes\", commas; tabs\t", "", "Grüße 東京 👋\u2028\\n{}", "\"");

    /// As in requests.
    String name();

    /// The bodies of all messages in a file, as a reader of the format finds them.
    List<String> bodies(String file);

    private ExportFormat format() {
        return ExportFormat.of(name(), JSON);
    }

    private static Exported message(String body) {
        Instant at = Instant.parse("2026-01-02T03:04:05.678Z");
        return new Exported(7, at, "c", "Tea", 3, "m", "s", "ann", "Ann", body, null, null, null, null, null);
    }

    @Test
    default void theFileBearsItsFormatInItsName() {
        assertThat(format().fileName()).isEqualTo("archive." + name());
        assertThat(format().mediaType()).contains(name());
    }

    @Test
    default void eachMessageIsOneRecordWhateverIsInIt() {
        String lines = BODIES.stream().map(body -> format().line(message(body))).collect(Collectors.joining());
        assertThat(bodies(format().head() + lines + format().end(COMPLETE))).isEqualTo(BODIES);
        assertThat(bodies(format().head() + lines)).as("cut off").isEqualTo(BODIES);
    }

    @Test
    default void aFileWithoutMessagesCanBeRead() {
        assertThat(bodies(format().head() + format().end(COMPLETE))).isEmpty();
    }

    @Test
    default void theEndIsToldWhereThereIsAPlaceForIt() {
        assertThat(format().end(COMPLETE).isEmpty()).isEqualTo(!format().tellsItsEnd());
        assertThat(format().end(CUT_OFF).contains("The server is stopping")).isEqualTo(format().tellsItsEnd());
    }
}
