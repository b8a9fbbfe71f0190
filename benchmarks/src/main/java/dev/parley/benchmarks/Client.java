package dev.parley.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One user of a running Parley over HTTP/1.1 with kept connections. Thread-safe.
///
/// @param token null for nobody
record Client(HttpClient http, URI server, @Nullable String token) {

    private static final int NO_CONTENT = 204;
    private static final int TOO_MANY = 429;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Client nobody(URI server) {
        return new Client(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), server, null);
    }

    Client as(String otherToken) {
        return new Client(http, server, otherToken);
    }

    /// @return the body of a 2xx answer, a missing node where it has none
    /// @throws IOException for any other answer, or none
    JsonNode call(String method, String path, @Nullable Object body) throws IOException, InterruptedException {
        return body(method, path, http.send(request(method, path, body), BodyHandlers.ofString()));
    }

    /// As [#call], but waits and asks again as long as it is told that it asked too often. Not for what is measured.
    JsonNode callPatiently(String method, String path, @Nullable Object body) throws IOException, InterruptedException {
        HttpRequest request = request(method, path, body);
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        while (answer.statusCode() == TOO_MANY) {
            Thread.sleep(1_000L
                    * Long.parseLong(answer.headers().firstValue("Retry-After").orElse("1")));
            answer = http.send(request, BodyHandlers.ofString());
        }
        return body(method, path, answer);
    }

    /// A request that is not sent yet.
    HttpRequest.Builder get(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        return token == null ? request : request.header("Authorization", token);
    }

    private HttpRequest request(String method, String path, @Nullable Object body) {
        return get(path)
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .header("Content-Type", "application/json")
                .build();
    }

    private static JsonNode body(String method, String path, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == NO_CONTENT ? JSON.missingNode() : JSON.readTree(answer.body());
    }
}
