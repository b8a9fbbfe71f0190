package dev.parley.app.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the lobby as they are: each request on a connection of its own, without a `Content-Type`, asking for an
/// upgrade to `h2c`, the token bare in the header.
record LobbyClient(URI server) {

    static final String PASSWORD = "p";
    private static final JsonMapper JSON = new JsonMapper();

    /// Registers with a name that nobody else has.
    ///
    /// @return the token
    String newcomer() {
        return token(register("newcomer-" + UUID.randomUUID(), PASSWORD));
    }

    Answer register(String username, String password) {
        return call(
                "POST", "/user", null, json(Map.of("username", username, "password", password, "email", "e@x.org")));
    }

    Answer logIn(String username, String password) {
        return call("POST", "/session", null, json(Map.of("username", username, "password", password)));
    }

    Answer logOut(@Nullable String token) {
        return call("DELETE", "/session", token, null);
    }

    Answer list(@Nullable String token) {
        return call("GET", "/game", token, null);
    }

    Answer create(@Nullable String token, String name) {
        return call("POST", "/game", token, json(Map.of("gameName", name)));
    }

    /// @return the new game's number
    int created(String token, String name) {
        Answer answer = create(token, name);
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + ": " + answer.json());
        }
        return answer.json().path("gameID").asInt();
    }

    Answer join(@Nullable String token, String colour, int game) {
        return call("PUT", "/game", token, json(Map.of("playerColor", colour, "gameID", game)));
    }

    Answer clear() {
        return call("DELETE", "/db", null, null);
    }

    /// The game as the list shows it; a missing node if it is not there.
    JsonNode listed(String token, int game) {
        for (JsonNode each : list(token).json().path("games")) {
            if (each.path("gameID").asInt() == game) {
                return each;
            }
        }
        return JSON.missingNode();
    }

    /// @param body raw; null for none
    Answer call(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        try (HttpClient connection = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                    .timeout(Duration.ofSeconds(60))
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (token != null) {
                request.header("authorization", token);
            }
            if (headers.length > 0) {
                request.headers(headers);
            }
            return Answer.of(connection.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String token(Answer loggedIn) {
        if (loggedIn.status() != 200) {
            throw new AssertionError(loggedIn.status() + ": " + loggedIn.json());
        }
        return loggedIn.text("authToken");
    }

    static String json(Map<String, ?> object) {
        return JSON.writeValueAsString(object);
    }
}
