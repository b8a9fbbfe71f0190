package dev.parley.app.system;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The answer to a request: its status, its JSON (a missing node for an empty body) and its headers.
record Answer(int status, JsonNode json, HttpResponse<String> response) {

    private static final JsonMapper JSON = new JsonMapper();

    static Answer of(HttpResponse<String> response) {
        String body = response.body();
        boolean isJson =
                response.headers().firstValue("Content-Type").orElse("").contains("json");
        JsonNode json = !isJson || body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
        return new Answer(response.statusCode(), json, response);
    }

    String text(String field) {
        return json.path(field).asString();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
