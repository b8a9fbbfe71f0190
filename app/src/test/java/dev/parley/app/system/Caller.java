package dev.parley.app.system;

import static org.awaitility.Awaitility.await;

import dev.parley.messages.MessageId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One person at the REST interface, logged in or not.
record Caller(
        URI server,
        String username,
        @Nullable String account,
        @Nullable String token) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();
    static final String PASSWORD = "correct horse battery";

    static Caller nobody(URI server) {
        return new Caller(server, "", null, null);
    }

    static Caller register(URI server, String username) {
        Answer answer = nobody(server).post("/api/v1/accounts", Map.of("username", username, "password", PASSWORD));
        expect(answer, 201);
        return new Caller(server, username, answer.text("account"), answer.text("token"));
    }

    static Caller logIn(URI server, String username, String password) {
        Answer answer = nobody(server).post("/api/v1/sessions", Map.of("username", username, "password", password));
        expect(answer, 201);
        return new Caller(server, username, answer.text("account"), answer.text("token"));
    }

    /// The same person after the server moved.
    Caller at(URI newServer) {
        return new Caller(newServer, username, account, token);
    }

    String startGroup(String title, Caller... others) {
        Answer answer =
                post("/api/v1/conversations", Map.of("kind", "group", "title", title, "members", usernames(others)));
        expect(answer, 201);
        return answer.text("id");
    }

    String startDirect(Caller other) {
        Answer answer =
                post("/api/v1/conversations", Map.of("kind", "direct", "members", usernames(new Caller[] {other})));
        if (answer.status() != 200) {
            expect(answer, 201);
        }
        return answer.text("id");
    }

    /// Sends with a new id and expects to be accepted.
    Answer send(String conversation, String body) {
        Answer answer = trySend(conversation, newMessageId(), body);
        expect(answer, 201);
        return answer;
    }

    Answer trySend(String conversation, String id, String body) {
        return post("/api/v1/conversations/" + conversation + "/messages", Map.of("id", id, "body", body));
    }

    static String newMessageId() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID()).toString();
    }

    Answer get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    /// Reads what is at least as new as the position; asks again while the answer is 503, as `Retry-After` says.
    Answer getAfter(String path, String position) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .pollDelay(Duration.ZERO)
                .until(() -> get(path, "Parley-After", position), answer -> answer.status() != 503);
    }

    Answer post(String path, Object body) {
        return call("POST", path, JSON.writeValueAsString(body));
    }

    Answer put(String path, Object body) {
        return call("PUT", path, JSON.writeValueAsString(body));
    }

    Answer delete(String path) {
        return call("DELETE", path, null);
    }

    /// @param body raw, sent as application/json; null for none
    Answer call(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            Answer answer = Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
            DescribedApi.requireDescribed(method, request.build().uri().getPath(), answer.status());
            return answer;
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> usernames(Caller... callers) {
        return List.of(callers).stream().map(Caller::username).toList();
    }

    private static void expect(Answer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError("Expected " + status + " but was " + answer.status() + ": " + answer.json());
        }
    }
}
