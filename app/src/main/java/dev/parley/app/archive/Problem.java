package dev.parley.app.archive;

import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The part of problem JSON (RFC 9457) that people are shown.
record Problem(@Nullable String detail, @Nullable String code) {

    /// What an answer that is not a success says, or its bare status.
    static String line(JsonMapper json, HttpResponse<byte[]> response) {
        String status = "status " + response.statusCode();
        try {
            Problem problem = json.readValue(response.body(), Problem.class);
            return problem == null || problem.detail == null
                    ? status
                    : problem.detail.replaceAll("\\s+", " ") + " (" + status
                            + (problem.code == null ? ")" : ", " + problem.code + ")");
        } catch (JacksonException e) {
            return status;
        }
    }
}
