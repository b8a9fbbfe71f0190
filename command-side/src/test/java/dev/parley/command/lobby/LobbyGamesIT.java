package dev.parley.command.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.RealParts;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The lobby's routes for games over HTTP. The test's edge answers a rejection with 418 and its code.
class LobbyGamesIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final LobbyClient player = client();
    private final LobbyClient nobody = new LobbyClient(commandSide, null);

    @Test
    void aGameIsCreatedAndJoined() {
        HttpResponse<String> created = player.call("POST", "/game", "{\"gameName\":\"blitz\",\"more\":[1]}");
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode answer = JSON.readTree(created.body());
        assertThat(answer.size()).isEqualTo(1);
        int game = answer.path("gameID").asInt();
        assertThat(game).isPositive();
        done(join("\"playerColor\":\"WHITE\",\"gameID\":" + game));
        done(join("\"playerColor\":null,\"ClientColor\":\"BLACK\",\"gameID\":" + game + ".0"));
        assertThat(code(join("\"ClientColor\":\"BLACK\",\"gameID\":" + game))).isEqualTo("seat-taken");
        LobbyClient other = client();
        assertThat(code(other.call("PUT", "/game", "{\"playerColor\":\"WHITE\",\"gameID\":" + game + "}")))
                .isEqualTo("seat-taken");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "null", "{", "not JSON", "[]", "[{\"gameName\":\"a\"}]", "7", "\"text\"", "{}{}"})
    void aBodyIsAJsonObject(String body) {
        for (String method : List.of("POST", "PUT")) {
            assertThat(code(player.call(method, "/game", body))).as(method).isEqualTo("invalid");
            assertThat(code(nobody.call(method, "/game", body)))
                    .as("the token is checked first")
                    .isEqualTo("unauthenticated");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"gameName\":null}", "{\"gameName\":7}", "{\"gamename\":\"a\"}"})
    void aGameHasAName(String body) {
        assertThat(code(player.call("POST", "/game", body))).isEqualTo("invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"white\"", "\"GREEN\"", "7", "[\"WHITE\"]"})
    void aColourIsWhiteOrBlack(String color) {
        int game = create();
        assertThat(code(join("\"playerColor\":" + color + ",\"gameID\":" + game)))
                .isEqualTo("invalid");
        assertThat(code(join("\"ClientColor\":" + color + ",\"gameID\":" + game)))
                .isEqualTo("invalid");
        assertThat(code(join("\"gameID\":" + game))).isEqualTo("invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"7\"",
                "7.5",
                "-1",
                "0",
                "true",
                "{}",
                "2147483647",
                "2147483648",
                "1e400",
                "123456789012345678901234567890",
                "-9223372036854775809",
                "NaN"
            })
    void aGameIdIsTheNumberOfAGame(String id) {
        assertThat(code(join("\"playerColor\":\"WHITE\",\"gameID\":" + id))).isEqualTo("invalid");
    }

    @Test
    void aGameIdIsThere() {
        assertThat(code(join("\"playerColor\":\"WHITE\""))).isEqualTo("invalid");
    }

    @Test
    void theColourIsCheckedBeforeTheSeat() {
        int game = create();
        done(join("\"playerColor\":\"WHITE\",\"gameID\":" + game));
        assertThat(code(join("\"playerColor\":\"GREEN\",\"gameID\":" + game))).isEqualTo("invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"
            })
    void noContentTypeIsTheWrongOne(String type) {
        HttpResponse<String> created =
                player.call("POST", "/game", "{\"gameName\":\"a\"}", "Content-Type", type, "Accept", "text/html");
        assertThat(created.statusCode()).isEqualTo(200);
        int game = JSON.readTree(created.body()).path("gameID").asInt();
        String body = "{\"playerColor\":\"WHITE\",\"gameID\":" + game + "}";
        done(player.call("PUT", "/game", body, "Content-Type", type, "Accept", "text/html"));
    }

    private int create() {
        String answer = player.call("POST", "/game", "{\"gameName\":\"a\"}").body();
        return JSON.readTree(answer).path("gameID").asInt();
    }

    private HttpResponse<String> join(String fields) {
        return player.call("PUT", "/game", "{" + fields + "}");
    }

    private static void done(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    private static String code(HttpResponse<String> response) {
        return JSON.readTree(response.body()).path("code").asString();
    }

    private LobbyClient client() {
        String name = "player-" + UUID.randomUUID().toString().substring(0, 8);
        return new LobbyClient(commandSide, Caller.register(commandSide, name).account());
    }
}
