package dev.parley.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody at the HTTP interface of a command side.
///
/// @param account null for somebody who is not logged in
public record Caller(ApplicationContext commandSide, String account, String username, List<String> headers) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /// @param json null for none
    public record Answer(int status, JsonNode json, HttpResponse<String> response) {}

    public static Caller nobody(ApplicationContext commandSide) {
        return new Caller(commandSide, null, null, List.of());
    }

    public static Caller register(ApplicationContext commandSide, String username) {
        Answer answer = nobody(commandSide)
                .call("POST", "/api/v1/accounts", Map.of("username", username, "password", "correct horse"));
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        String account = answer.json().path("account").asString();
        return new Caller(commandSide, account, username, List.of("X-Account", account));
    }

    public Caller asAdmin() {
        return new Caller(commandSide, account, username, List.of("X-Account", account, "X-Role", "ADMIN"));
    }

    /// @param body null for none
    public Answer call(String method, String path, Object body, String... more) {
        String port = commandSide.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        for (List<String> some : List.of(headers, List.of(more))) {
            if (!some.isEmpty()) {
                request.headers(some.toArray(String[]::new));
            }
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), text.isEmpty() ? null : JSON.readTree(text), response);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
