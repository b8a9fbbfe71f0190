package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every format of an export does: what was said can be read from it again, whatever it was.
interface ExportFormatContract {

    ExportFormat format();

    /// The bodies in a file, by the rules of the format; null where a message has none.
    List<String> bodies(String file);

    @Test
    default void everyBodyIsReadAgainAsItWasSaid() {
        List<String> said = List.of(
                "plain",
                "",
                "one\ntwo\r\nthree\r",
                "a \"quote\", a 'comma', a; semicolon\tand a \\ backslash",
                "Grüße, 世界 👋\uFEFF\u2028\u2029\u0001",
                "{\"end\":\"complete\"}",
                "\",\"");
        StringBuilder file = new StringBuilder(format().head());
        said.forEach(body -> file.append(format().line(message(body))));
        file.append(format().end(new Export.End("complete", said.size(), 7, null)));
        assertThat(bodies(file.toString())).isEqualTo(said);
    }

    @Test
    default void aMessageWithNothingButItsPlaceIsALineToo() {
        assertThat(format().line(message(null))).endsWith("\n");
        assertThat(bodies(format().head() + format().line(message(null)) + format().line(message("next"))))
                .hasSize(2)
                .endsWith("next");
    }

    @Test
    default void eachPieceEndsItsLineSoThatAFileMayEndBehindAnyOfThem() {
        assertThat(format().head()).matches("(?s)|.*\n");
        assertThat(format().line(message("x"))).endsWith("\n");
        assertThat(format().end(new Export.End("cut-off", 1, 7, "The server is stopping")))
                .matches("(?s)|.*\n");
    }

    @Test
    default void aFormatThatTellsItsEndTellsWhyItWasCutOff() {
        String end = format().end(new Export.End("cut-off", 1, 7, "The server is stopping"));
        assertThat(end.contains("The server is stopping")).isEqualTo(format().tellsItsEnd());
        assertThat(end.isEmpty()).isEqualTo(!format().tellsItsEnd());
    }

    @Test
    default void theFileIsNamedByItsKind() {
        assertThat(format().mediaType()).matches("[a-z]+/[-a-z]+.*");
        assertThat(format().fileName()).matches("[a-z]+\\.[a-z]+");
    }

    private static Exported message(String body) {
        return new Exported(
                7,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "c",
                null,
                3,
                "m",
                "s",
                null,
                null,
                body,
                null,
                null,
                null,
                null,
                null);
    }
}
