package dev.parley.query.archive;

import dev.parley.query.paging.Parameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// How messages are written one after the other.
interface ExportFormat {

    /// @throws dev.parley.messages.RejectedException `invalid`
    static ExportFormat of(@Nullable String format, JsonMapper json) {
        return switch (format) {
            case null -> new NdjsonFormat(json);
            case "ndjson" -> new NdjsonFormat(json);
            case "csv" -> new CsvFormat();
            default -> throw Parameters.invalid("format", "ndjson or csv");
        };
    }

    String mediaType();

    String fileName();

    /// What comes before the first message.
    String head();

    String line(Exported message);

    /// Whether [#end] says if it came to its end. Where it does not, a connection that breaks says that
    /// it did not.
    boolean tellsItsEnd();

    /// What comes after the last, where the format has a place for it.
    String end(Export.End end);
}
