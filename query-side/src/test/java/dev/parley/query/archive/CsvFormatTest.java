package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest implements ExportFormatContract {

    private static final int BODY = 9;

    private final CsvFormat csv = new CsvFormat();

    @Override
    public ExportFormat format() {
        return csv;
    }

    /// As RFC 4180 has it: fields in quotes, which are doubled within; a record ends with CRLF outside of quotes.
    @Override
    public List<String> bodies(String file) {
        List<String> bodies = new ArrayList<>();
        List<String> record = new ArrayList<>();
        int at = 0;
        while (at < file.length()) {
            assertThat(file.charAt(at)).isEqualTo('"');
            StringBuilder field = new StringBuilder();
            for (at++; file.charAt(at) != '"' || file.startsWith("\"\"", at); at++) {
                field.append(file.charAt(at));
                at += file.charAt(at) == '"' ? 1 : 0;
            }
            record.add(field.toString());
            at++;
            if (file.startsWith("\r\n", at)) {
                bodies.add(record.get(BODY));
                record = new ArrayList<>();
                at++;
            } else {
                assertThat(file.charAt(at)).isEqualTo(',');
            }
            at++;
        }
        assertThat(bodies.getFirst()).as("the line of names").isEqualTo("body");
        return bodies.subList(1, bodies.size());
    }

    @Test
    void quotesAreDoubledAndLinesStayWithinTheirField() {
        Exported message = new Exported(
                7,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "c",
                "Tea, \"green\"",
                3,
                "m",
                "s",
                "ann",
                null,
                "one\r\ntwo, \"three\"",
                true,
                null,
                List.of("a", "b"),
                null,
                null);
        assertThat(csv.line(message))
                .isEqualTo(
                        "\"7\",\"2026-01-02T03:04:05.678Z\",\"c\",\"Tea, \"\"green\"\"\",\"3\",\"m\",\"s\",\"ann\",\"\","
                                + "\"one\r\ntwo, \"\"three\"\"\",\"true\",\"\",\"a b\",\"\",\"\"\r\n");
        assertThat(csv.head()).startsWith("\"position\",\"at\"").endsWith("\"editedAt\"\r\n");
        assertThat(csv.head().split(","))
                .hasSameSizeAs(csv.line(message).replace(", ", "").split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uFF1D1",
                "=HYPERLINK(\"http://x\")",
                "|x",
                "%x"
            })
    void noFieldIsTakenForAFormula(String text) {
        assertThat(CsvFormat.quoted(text)).startsWith("\"'" + text.charAt(0));
    }

    @Test
    void otherTextStaysAsItIs() {
        assertThat(CsvFormat.quoted("")).isEqualTo("\"\"");
        assertThat(CsvFormat.quoted("a=b")).isEqualTo("\"a=b\"");
    }
}
