package dev.parley.command.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.command.account.Passwords;
import dev.parley.messages.Role;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.query.Session;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class SessionsIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final Caller nobody = Caller.nobody(commandSide);
    private final String name = "alice-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aTokenIsGoodUntilItIsLoggedOut() {
        Caller alice = Caller.register(commandSide, name);
        String one = logIn(name, "correct horse").json().path("token").asString();
        String other = logIn(name.toUpperCase(Locale.ROOT), "correct horse")
                .json()
                .path("token")
                .asString();
        Session session = find(one);
        assertThat(session.account()).hasToString(alice.account());
        assertThat(session.username()).isEqualTo(name);
        assertThat(session.roles()).containsExactly(Role.USER);

        Answer loggedOut = alice.call("DELETE", "/api/v1/session", null, "Authorization", "Bearer " + one);
        assertThat(loggedOut.status()).isEqualTo(204);
        assertThat(loggedOut.response().headers().firstValue("Parley-Position")).isPresent();
        assertThat(find(one)).isNull();
        assertThat(alice.call("DELETE", "/api/v1/session", null, "Authorization", one)
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("unauthenticated");
        assertThat(find(other)).as("the account's other tokens stay good").isNotNull();
    }

    @Test
    void aWrongPasswordAndAnUnknownNameLookTheSame() {
        Caller.register(commandSide, name);
        Answer wrong = logIn(name, "wrong horse");
        assertThat(wrong.json().path("code").asString()).isEqualTo("bad-credentials");
        assertThat(logIn("nobody here", "wrong horse").json()).isEqualTo(wrong.json());
        assertThat(logIn("no\u0000body", "wrong horse").json()).isEqualTo(wrong.json());
    }

    @Test
    void aGrantedRoleCountsAtOnceAndAWithdrawnOneNoMore() {
        Caller.register(commandSide, name);
        String token = logIn(name, "correct horse").json().path("token").asString();
        Caller admin = Caller.register(commandSide, name + "-admin").asAdmin();
        String path = "/api/v1/admin/accounts/" + name + "/roles/";

        assertThat(admin.call("PUT", path + "auditor", null).status()).isEqualTo(204);
        assertThat(find(token).roles()).containsExactlyInAnyOrder(Role.USER, Role.AUDITOR);
        assertThat(admin.call("DELETE", path + "auditor", null).status()).isEqualTo(204);
        assertThat(find(token).roles()).containsExactly(Role.USER);
        assertThat(admin.call("PUT", path + "user", null).json().path("field").asString())
                .isEqualTo("role");
        assertThat(Caller.register(commandSide, name + "-user")
                        .call("PUT", path + "auditor", null)
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("forbidden");
    }

    @Test
    void anIdleTokenExpiresAndAUsedOneIsNoted() {
        Caller.register(commandSide, name);
        String token = logIn(name, "correct horse").json().path("token").asString();
        Instant before = Instant.now();
        lastUsed(token, Duration.ofHours(2));
        assertThat(find(token)).isNotNull();
        assertThat(commandSide
                        .getBean(JdbcClient.class)
                        .sql("select last_used_at from command_side.session where token_hash = ?")
                        .param(Token.hash(token))
                        .query((row, number) -> row.getTimestamp(1).toInstant())
                        .single())
                .isAfter(before.minusSeconds(1));
        lastUsed(token, Duration.ofDays(31));
        assertThat(find(token)).isNull();
    }

    @Test
    void anUnknownNameTakesAsMuchWorkAsAWrongPassword() {
        Caller.register(commandSide, name);
        double before = hashed();
        logIn(name, "wrong horse");
        await().untilAsserted(() -> assertThat(hashed() - before).isEqualTo(1));
        logIn(name + " nobody", "wrong horse");
        await().untilAsserted(() -> assertThat(hashed() - before).isEqualTo(2));
    }

    @Test
    void registrationsWithMissingOrWrongFieldsNameThem() {
        assertThat(register(Map.of("password", "correct horse"))).isEqualTo("username");
        assertThat(register(Map.of("username", name))).isEqualTo("password");
        assertThat(register(Map.of("username", name, "password", "short"))).isEqualTo("password");
        assertThat(register(Map.of("username", "a@b", "password", "correct horse")))
                .isEqualTo("username");
        assertThat(register(Map.of("username", name, "password", "correct horse", "displayName", "\u0000")))
                .isEqualTo("displayName");
    }

    private double hashed() {
        return commandSide
                .getBean(MeterRegistry.class)
                .get(Passwords.DONE)
                .functionCounter()
                .count();
    }

    private String register(Map<String, String> body) {
        return nobody.call("POST", "/api/v1/accounts", body)
                .json()
                .path("field")
                .asString();
    }

    private Answer logIn(String username, String password) {
        return nobody.call("POST", "/api/v1/sessions", Map.of("username", username, "password", password));
    }

    private Session find(String token) {
        return commandSide
                .getBean(QueryGateway.class)
                .query(new FindSession(Token.hash(token)), FoundSession.class)
                .join()
                .session();
    }

    private void lastUsed(String token, Duration ago) {
        commandSide
                .getBean(JdbcClient.class)
                .sql("update command_side.session set last_used_at = ? where token_hash = ?")
                .param(Timestamp.from(Instant.now().minus(ago)))
                .param(Token.hash(token))
                .update();
    }
}
