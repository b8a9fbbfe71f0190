package dev.parley.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks to this very process over HTTP, as any client would. Used by one thread.
final class DemoClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int UNAVAILABLE = 503;

    /// @param body of the answer; a missing node for an empty one
    record Answer(int status, JsonNode body) {

        boolean isGood() {
            return status / 100 == 2;
        }

        String code() {
            return body.path("code").asString("");
        }
    }

    private final URI server;
    private final JsonMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private long position = -1;

    DemoClient(URI server, JsonMapper json) {
        this.server = server;
        this.json = json;
    }

    /// Repeats the request while the server is not able yet: for requests that change nothing the second time.
    Answer post(String path, @Nullable String token, Object body) throws IOException, InterruptedException {
        return patiently(posting(path, token, body));
    }

    Answer postOnce(String path, String token, Object body) throws IOException, InterruptedException {
        return send(posting(path, token, body));
    }

    /// Sees everything that was written through this client.
    Answer get(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, token).GET();
        return patiently(position < 0 ? request : request.header("Parley-After", Long.toString(position)));
    }

    private HttpRequest.Builder posting(String path, @Nullable String token, Object body) {
        return request(path, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer patiently(HttpRequest.Builder request) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Answer answer = send(request);
        while (answer.status() == UNAVAILABLE && System.nanoTime() - began < PATIENCE.toNanos()) {
            Thread.sleep(PAUSE);
            answer = send(request);
        }
        return answer;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        position = Math.max(
                position, response.headers().firstValueAsLong("Parley-Position").orElse(-1));
        try {
            return new Answer(response.statusCode(), json.readTree(response.body()));
        } catch (JacksonException e) {
            throw new DemoException("the answer of " + response.uri().getPath() + " is not JSON");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
