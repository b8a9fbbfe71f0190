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
    public String name() {
        return "csv";
    }

    /// Reads RFC 4180 with every field in quotes, character by character.
    @Override
    public List<String> bodies(String file) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            if (quoted && c == '"' && i + 1 < file.length() && file.charAt(i + 1) == '"') {
                field.append(file.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                field.append(c);
            } else {
                record.add(field.toString());
                field.setLength(0);
                if (c == '\r') {
                    assertThat(file.charAt(++i)).isEqualTo('\n');
                    records.add(record);
                    record = new ArrayList<>();
                } else {
                    assertThat(c).isEqualTo(',');
                }
            }
        }
        assertThat(record).as("a record that does not end").isEmpty();
        return records.stream().skip(1).map(fields -> fields.get(BODY)).toList();
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
