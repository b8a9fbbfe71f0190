package dev.parley.query.archive;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NdjsonFormatTest implements ExportFormatContract {

    private final JsonMapper json = new JsonMapper();

    @Override
    public ExportFormat format() {
        return new NdjsonFormat(json);
    }

    /// Lines end with a line feed and nothing else (ndjson.org).
    @Override
    public List<String> bodies(String file) {
        List<String> bodies = new ArrayList<>();
        for (String line : file.split("\n")) {
            JsonNode value = json.readTree(line);
            if (value.has("position") && !value.has("end")) {
                bodies.add(
                        value.at("/body").isMissingNode()
                                ? null
                                : value.at("/body").asString());
            }
        }
        return bodies;
    }
}
