package dev.parley.axonserver.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What is answered.
///
/// @param allow the methods that would have been allowed, or nothing
record Reply(int status, String type, byte[] body, String allow) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Reply json(int status, Object value) {
        return new Reply(status, "application/json", JSON.writeValueAsBytes(value), "");
    }

    static Reply text(String type, String text) {
        return new Reply(200, type, text.getBytes(StandardCharsets.UTF_8), "");
    }

    /// A failure, as RFC 9457 says.
    ///
    /// @param code of Axon Server, or nothing
    static Reply problem(int status, String title, String detail, String code) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        if (!code.isEmpty()) {
            problem.put("code", code);
        }
        return new Reply(status, "application/problem+json", JSON.writeValueAsBytes(problem), "");
    }

    Reply allowing(String methods) {
        return new Reply(status, type, body, methods);
    }
}
