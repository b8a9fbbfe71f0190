package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The lobby's contract over HTTP, as its clients use it.
@ExtendWith(SharedProduct.class)
class LobbySystemTest {

    private static Product product;
    private static LobbyClient lobby;

    @BeforeAll
    static void start(Product shared) {
        product = shared;
        lobby = new LobbyClient(product.address());
    }

    @Test
    void aPersonRegistersLogsInAndLogsOut() {
        String name = name();
        Answer registered = lobby.register(name, "secret");
        assertThat(registered.status()).isEqualTo(200);
        assertThat(registered.header("Content-Type")).startsWith("application/json");
        assertThat(registered.json().propertyNames()).containsExactlyInAnyOrder("username", "authToken");
        assertThat(registered.text("username")).isEqualTo(name);
        String first = registered.text("authToken");

        Answer loggedIn = lobby.logIn(name, "secret");
        assertThat(loggedIn.status()).isEqualTo(200);
        assertThat(loggedIn.text("username")).isEqualTo(name);
        String second = loggedIn.text("authToken");
        assertThat(second).isNotEmpty().isNotEqualTo(first);

        Answer loggedOut = lobby.logOut(first);
        assertThat(loggedOut.status()).isEqualTo(200);
        assertThat(loggedOut.response().body()).isEqualTo("{}");
        expectError(lobby.logOut(first), 401);
        expectError(lobby.list(first), 401);
        assertThat(lobby.list(second).status()).as("other tokens stay good").isEqualTo(200);
    }

    @Test
    void aGameIsCreatedJoinedAndListed() {
        String whiteName = name();
        String white = LobbyClient.token(lobby.register(whiteName, "p"));
        String black = lobby.newcomer();
        Answer created = lobby.create(white, "a game");
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.response().body()).matches("\\{\"gameID\":[1-9][0-9]{0,9}}");
        int game = created.json().path("gameID").asInt();

        JsonNode empty = lobby.listed(black, game);
        assertThat(empty.toString())
                .isEqualTo("{\"gameID\":%d,\"whiteUsername\":null,\"blackUsername\":null,\"gameName\":\"a game\"}"
                        .formatted(game));
        Answer joined = lobby.join(white, "WHITE", game);
        assertThat(joined.status()).isEqualTo(200);
        assertThat(joined.response().body()).isEqualTo("{}");
        assertThat(lobby.listed(black, game).path("whiteUsername").asString()).isEqualTo(whiteName);
        assertThat(lobby.listed(black, game).path("blackUsername").isNull()).isTrue();

        Answer byItsOtherName =
                lobby.call("PUT", "/game", black, "{\"ClientColor\":\"BLACK\",\"gameID\":" + game + "}");
        assertThat(byItsOtherName.status()).isEqualTo(200);
        assertThat(lobby.listed(white, game).path("blackUsername").asString()).startsWith("newcomer-");
    }

    @Test
    void aSeatIsHeldByOneAndOneMayHoldBoth() {
        String alice = lobby.newcomer();
        String bob = lobby.newcomer();
        int game = lobby.created(alice, "seats");
        assertThat(lobby.join(alice, "WHITE", game).status()).isEqualTo(200);
        expectError(lobby.join(bob, "WHITE", game), 403);
        expectError(lobby.join(alice, "WHITE", game), 403);
        assertThat(lobby.join(alice, "BLACK", game).status()).isEqualTo(200);
        JsonNode listed = lobby.listed(bob, game);
        assertThat(listed.path("whiteUsername")).isEqualTo(listed.path("blackUsername"));
    }

    @Test
    void twoWhoRaceForASeatGetItOnce() throws Exception {
        String alice = lobby.newcomer();
        String bob = lobby.newcomer();
        for (int round = 0; round < 20; round++) {
            int game = lobby.created(alice, "race");
            List<Integer> statuses = AtOnce.statuses(2, i -> lobby.join(i == 0 ? alice : bob, "BLACK", game));
            assertThat(statuses).containsExactlyInAnyOrder(200, 403);
            assertThat(lobby.listed(alice, game).path("blackUsername").isString())
                    .isTrue();
        }
    }

    @Test
    void oneNameIsRegisteredOnceHoweverManyAskForIt() throws Exception {
        String name = name();
        List<Integer> statuses =
                AtOnce.statuses(200, i -> lobby.register(i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT), "p" + i));
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 403).hasSize(199);
    }

    @Test
    void whatWasAnsweredIsReadAtOnce() {
        for (int round = 0; round < 30; round++) {
            String name = name();
            String token = LobbyClient.token(lobby.register(name, "p"));
            String again = LobbyClient.token(lobby.logIn(name, "p"));
            int game = lobby.created(token, "at once " + round);
            assertThat(lobby.join(again, "WHITE", game).status()).isEqualTo(200);
            assertThat(lobby.listed(again, game).path("whiteUsername").asString())
                    .isEqualTo(name);
            assertThat(lobby.logOut(token).status()).isEqualTo(200);
            expectError(lobby.list(token), 401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "not json", "[]", "42", "\"text\"", "{", "{}", "{\"unknown\":1}"})
    void aBodyThatIsNoneIsABadRequest(String body) {
        String token = lobby.newcomer();
        expectError(lobby.call("POST", "/user", null, body), 400);
        expectError(lobby.call("POST", "/session", null, body), 400);
        expectError(lobby.call("POST", "/game", token, body), 400);
        expectError(lobby.call("PUT", "/game", token, body), 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /user    | {'password':'p','email':'e'}",
                "POST | /user    | {'username':'%s','email':'e'}",
                "POST | /user    | {'username':'%s','password':'p'}",
                "POST | /user    | {'username':null,'password':'p','email':'e'}",
                "POST | /user    | {'username':'%s','password':null,'email':'e'}",
                "POST | /user    | {'username':'%s','password':'p','email':null}",
                "POST | /user    | {'username':17,'password':'p','email':'e'}",
                "POST | /user    | {'username':'ab','password':'p','email':'e'}",
                "POST | /session | {'password':'p'}",
                "POST | /session | {'username':'%s'}",
                "POST | /session | {'username':null,'password':'p'}",
                "POST | /session | {'username':'%s','password':null}",
                "POST | /game    | {'gameName':null}",
                "POST | /game    | {'gameName':7}",
                "PUT  | /game    | {'playerColor':'WHITE'}",
                "PUT  | /game    | {'playerColor':'WHITE','gameID':null}",
                "PUT  | /game    | {'playerColor':'WHITE','gameID':2147483647}",
                "PUT  | /game    | {'playerColor':'WHITE','gameID':99999999999}",
                "PUT  | /game    | {'playerColor':'WHITE','gameID':-1}",
                "PUT  | /game    | {'playerColor':'WHITE','gameID':0}",
                "PUT  | /game    | {'gameID':%d}",
                "PUT  | /game    | {'playerColor':null,'gameID':%d}",
                "PUT  | /game    | {'playerColor':'GREEN','gameID':%d}",
                "PUT  | /game    | {'playerColor':'white','gameID':%d}",
                "PUT  | /game    | {'playerColor':7,'gameID':%d}"
            })
    void aMissingOrWrongFieldIsABadRequest(String method, String path, String body) {
        String token = lobby.newcomer();
        int game = lobby.created(token, "fields");
        String filled = body.replace('\'', '"').replace("%s", name()).replace("%d", Integer.toString(game));
        expectError(lobby.call(method, path, token, filled), 400);
        assertThat(lobby.listed(token, game).path("whiteUsername").isNull()).isTrue();
    }

    @Test
    void theTokenIsLookedAtBeforeTheBody() {
        String ended = lobby.newcomer();
        lobby.logOut(ended);
        for (String token : new String[] {null, "not-a-token", ended}) {
            expectError(lobby.logOut(token), 401);
            expectError(lobby.list(token), 401);
            expectError(lobby.call("POST", "/game", token, "not json"), 401);
            expectError(lobby.call("PUT", "/game", token, ""), 401);
        }
    }

    @Test
    void anUnknownNameAndAWrongPasswordLookTheSame() {
        String name = name();
        lobby.register(name, "right");
        Answer wrong = lobby.logIn(name, "wrong");
        Answer unknown = lobby.logIn(name(), "wrong");
        expectError(wrong, 401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
    }

    @Test
    void aTakenNameIsRefusedWhateverItsCase() {
        String name = name();
        lobby.register(name, "p");
        expectError(lobby.register(name, "p"), 403);
        expectError(lobby.register(name.toUpperCase(Locale.ROOT), "other"), 403);
        assertThat(lobby.logIn(name.toUpperCase(Locale.ROOT), "p").text("username"))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Brien \"Q\" <b>&amp;",
                "Ωμέγα λόγος",
                "王小明さん",
                "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "می‌خواهم",
                "हिन्दी नाम",
                "ｆｕｌｌ",
                "ß ſ İ ı"
            })
    void everyScriptComesBackExactly(String text) {
        String name = text + " " + UUID.randomUUID().toString().substring(0, 8);
        Answer registered = lobby.register(name, "pässwörd " + text);
        assertThat(registered.text("username")).isEqualTo(name);
        String token = LobbyClient.token(lobby.logIn(name, "pässwörd " + text));
        int game = lobby.created(token, text);
        lobby.join(token, "BLACK", game);
        assertThat(lobby.listed(token, game).path("gameName").asString()).isEqualTo(text);
        assertThat(lobby.listed(token, game).path("blackUsername").asString()).isEqualTo(name);
    }

    @Test
    void theRouteMattersNotHowItIsAskedFor() {
        String token = lobby.newcomer();
        for (String path : List.of("/user", "/session", "/game", "/db")) {
            for (String method : List.of("PATCH", "GET", "POST", "PUT", "DELETE")) {
                if (path.equals("/db") && method.equals("DELETE")
                        || path.equals("/session") && method.equals("DELETE")) {
                    continue;
                }
                Answer answer = lobby.call(method, path, token, "{}");
                assertThat(answer.status()).as("%s %s", method, path).isIn(200, 400, 401, 403);
            }
        }
        String body = LobbyClient.json(Map.of("gameName", "typed"));
        for (String type : List.of("application/x-www-form-urlencoded", "text/plain", "image/png", "banana")) {
            assertThat(lobby.call("POST", "/game", token, body, "Content-Type", type)
                            .status())
                    .as(type)
                    .isEqualTo(200);
        }
        int game = lobby.created(token, "form");
        assertThat(lobby.call(
                                "PUT",
                                "/game",
                                token,
                                LobbyClient.json(Map.of("playerColor", "WHITE", "gameID", game)),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(200);
        assertThat(lobby.call("GET", "/game", token, null, "Accept", "text/html")
                        .status())
                .isEqualTo(200);
        assertThat(lobby.call("GET", "/game", "Bearer " + token, null).status()).isEqualTo(200);
        expectError(lobby.call("POST", "/user", null, "x".repeat(100_000)), 400);
    }

    private static void expectError(Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().propertyNames()).containsExactly("message");
        assertThat(answer.text("message")).startsWith("Error: ");
    }

    private static String name() {
        return "user-" + UUID.randomUUID();
    }
}
