package dev.parley.command.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Registering, logging in and logging out by the lobby's door.
class UsersIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final Caller nobody = Caller.nobody(commandSide);
    private final String name = "lobby-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoRegistersIsLoggedInAndEachLoginIsASessionOfItsOwn() {
        Answer registered = register(name, "p", "me@example.org");
        assertThat(registered.status()).isEqualTo(200);
        assertThat(registered.response().headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(registered.json().propertyNames()).containsExactlyInAnyOrder("username", "authToken");
        assertThat(registered.json().path("username").asString()).isEqualTo(name);

        Answer loggedIn = logIn(name.toUpperCase(Locale.ROOT), "p");
        assertThat(loggedIn.json().path("username").asString())
                .as("as registered")
                .isEqualTo(name);
        String first = registered.json().path("authToken").asString();
        String second = loggedIn.json().path("authToken").asString();
        assertThat(first).isNotBlank().isNotEqualTo(second);

        Answer loggedOut = logOut(first);
        assertThat(loggedOut.status()).isEqualTo(200);
        assertThat(loggedOut.response().body()).isEqualTo("{}");
        assertThat(code(logOut(first))).isEqualTo("unauthenticated");
        assertThat(logOut(second).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Neil \"Q\"", "👨‍👩‍👧", "می‌خواهم", "王小明", "ශ්‍රී"})
    void aNameComesBackAsItIs(String part) {
        String whole = part + UUID.randomUUID().toString().substring(0, 8);
        assertThat(register(whole, "p", "").json().path("username").asString()).isEqualTo(whole);
        assertThat(logIn(whole, "p").json().path("username").asString()).isEqualTo(whole);
    }

    @Test
    void aNameThatIsHeldIsTakenWhateverItsCase() {
        register(name, "p", "");
        assertThat(code(register(name.toUpperCase(Locale.ROOT), "q", ""))).isEqualTo("username-taken");
        assertThat(code(register("Admin", "q", ""))).isEqualTo("username-taken");
    }

    @Test
    void everyFieldIsAText() {
        for (String field : new String[] {"username", "password", "email"}) {
            Map<String, Object> body = new HashMap<>(Map.of("username", name, "password", "p", "email", "e"));
            body.remove(field);
            assertThat(code(nobody.call("POST", "/user", body))).isEqualTo("invalid");
            body.put(field, null);
            assertThat(code(nobody.call("POST", "/user", body))).isEqualTo("invalid");
            body.put(field, 5);
            assertThat(code(nobody.call("POST", "/user", body))).isEqualTo("invalid");
        }
        assertThat(code(register(name, "", ""))).isEqualTo("invalid");
        assertThat(code(register(name, "p".repeat(1025), ""))).isEqualTo("invalid");
        assertThat(code(register(name, "p", "e".repeat(255)))).isEqualTo("invalid");
        assertThat(code(register(name, "p", "\u0000"))).isEqualTo("invalid");
        assertThat(code(nobody.call("POST", "/session", Map.of("username", name))))
                .isEqualTo("invalid");
        assertThat(code(nobody.call("POST", "/session", Map.of("password", "p"))))
                .isEqualTo("invalid");
    }

    @Test
    void anEmptyAddressIsNone() {
        register(name, "p".repeat(1024), "");
        assertThat(commandSide
                        .getBean(JdbcClient.class)
                        .sql("select email is null from command_side.account where username = ?")
                        .param(name)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(logIn(name, "p".repeat(1024)).status()).isEqualTo(200);
    }

    @Test
    void nobodyKnowsWhetherTheNameOrThePasswordIsWrong() {
        register(name, "p", "");
        Answer wrong = logIn(name, "q");
        assertThat(code(wrong)).isEqualTo("bad-credentials");
        assertThat(logIn(name + "-nobody", "p").json()).isEqualTo(wrong.json());
        assertThat(logIn("", "").json()).isEqualTo(wrong.json());
        assertThat(logIn(name, "p".repeat(2000)).json()).isEqualTo(wrong.json());
    }

    @Test
    void theTokenIsLookedAtBeforeAnythingElse() {
        assertThat(code(nobody.call("DELETE", "/session", null))).isEqualTo("unauthenticated");
    }

    @Test
    void noHeaderIsNeededAndNoneIsInTheWay() throws Exception {
        String port = commandSide.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/user"))
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(
                        "{\"username\":\"" + name + "\",\"password\":\"p\",\"email\":\"\",\"more\":[1]}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    private Answer register(String username, String password, String email) {
        return nobody.call("POST", "/user", Map.of("username", username, "password", password, "email", email));
    }

    private Answer logIn(String username, String password) {
        return nobody.call("POST", "/session", Map.of("username", username, "password", password));
    }

    private Answer logOut(String token) {
        String account = commandSide
                .getBean(JdbcClient.class)
                .sql("select account from command_side.account where username = ?")
                .param(name)
                .query(UUID.class)
                .single()
                .toString();
        return nobody.call("DELETE", "/session", null, "X-Account", account, "Authorization", token);
    }

    private static String code(Answer answer) {
        return answer.json().path("code").asString();
    }
}
