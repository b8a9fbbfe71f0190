package dev.parley.query.archive;

import tools.jackson.databind.json.JsonMapper;

/// A JSON object a line (ndjson.org): messages ([Exported]), and at last one that has no `position`
/// first:
///
/// ```json
/// {"end":"complete","messages":1234,"position":5678}
/// {"end":"cut-off","messages":99,"position":4321,"reason":"The server is stopping"}
/// ```
record NdjsonFormat(JsonMapper json) implements ExportFormat {

    @Override
    public String mediaType() {
        return "application/x-ndjson";
    }

    @Override
    public String fileName() {
        return "archive.ndjson";
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public String line(Exported message) {
        return json.writeValueAsString(message) + '\n';
    }

    @Override
    public boolean tellsItsEnd() {
        return true;
    }

    @Override
    public String end(Export.End end) {
        return json.writeValueAsString(end) + '\n';
    }
}
