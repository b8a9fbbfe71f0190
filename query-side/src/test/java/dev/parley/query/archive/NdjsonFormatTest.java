package dev.parley.query.archive;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

class NdjsonFormatTest implements ExportFormatContract {

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public List<String> bodies(String file) {
        return Arrays.stream(file.split("\n"))
                .map(JSON::readTree)
                .filter(line -> line.has("id"))
                .map((JsonNode line) -> line.get("body").asString())
                .toList();
    }
}
