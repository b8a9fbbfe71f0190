package dev.parley.command.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.messages.SessionId;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// People look at sessions and end them, over HTTP.
class SessionListIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final String name = "list-" + UUID.randomUUID().toString().substring(0, 8);
    private final Caller alice = Caller.register(commandSide, name);
    private final Caller admin = Caller.register(commandSide, name + "-admin").asAdmin();

    @Test
    void aUserRecognisesTheirSessionsNewestFirst() {
        String phone = logIn("phone");
        String laptop = logIn("laptop");
        List<JsonNode> all = list(alice, "/api/v1/sessions", "Authorization", "Bearer " + phone);
        assertThat(all).extracting(one -> one.path("client").asString()).startsWith("laptop", "phone");
        assertThat(all).extracting(one -> one.path("current").asBoolean()).containsExactly(false, true, false);
        assertThat(all.getFirst().path("openedAt").asString()).startsWith("20").endsWith("Z");
        assertThat(all.getFirst().path("lastUsedAt").asString())
                .isEqualTo(all.getFirst().path("openedAt").asString());
        assertThat(all.toString()).doesNotContain(phone, laptop, Token.hash(phone));
    }

    @Test
    void aListIsReadPageByPage() {
        for (int i = 0; i < 4; i++) {
            logIn("client " + i);
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    alice.call("GET", "/api/v1/sessions?limit=2" + next, null).json();
            page.path("sessions").forEach(one -> seen.add(one.path("id").asString()));
            String cursor = page.path("next").asString("");
            next = cursor.isEmpty() ? "" : "&before=" + cursor;
        } while (!next.isEmpty());
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        assertThat(seen)
                .containsExactlyElementsOf(list(alice, "/api/v1/sessions").stream()
                        .map(one -> one.path("id").asString())
                        .toList());
        assertThat(code(alice.call("GET", "/api/v1/sessions?limit=0", null))).isEqualTo("invalid");
        assertThat(code(alice.call("GET", "/api/v1/sessions?before=x", null))).isEqualTo("invalid");
        assertThat(code(Caller.nobody(commandSide).call("GET", "/api/v1/sessions", null)))
                .isEqualTo("unauthenticated");
    }

    @Test
    void aUserEndsTheirOwnSessionsOnly() {
        String token = logIn("phone");
        String id = list(alice, "/api/v1/sessions").getFirst().path("id").asString();
        assertThat(code(admin.call("DELETE", "/api/v1/sessions/" + id, null))).isEqualTo("not-found");
        assertThat(code(alice.call("DELETE", "/api/v1/sessions/" + UUID.randomUUID(), null)))
                .isEqualTo("not-found");
        assertThat(code(alice.call("DELETE", "/api/v1/sessions/no-id", null))).isEqualTo("not-found");
        assertThat(isGood(token)).isTrue();

        assertThat(alice.call("DELETE", "/api/v1/sessions/" + id, null).status())
                .isEqualTo(204);
        assertThat(isGood(token)).isFalse();
        SessionClosed closed = closed(id);
        assertThat(closed.reason()).isEqualTo(SessionEnd.REVOKED);
        assertThat(closed.by()).hasToString(alice.account());
    }

    @Test
    void anAdminEndsSomebodyElsesSessions() {
        String phone = logIn("phone");
        String laptop = logIn("laptop");
        String path = "/api/v1/admin/accounts/" + name + "/sessions";
        assertThat(code(alice.call("GET", path, null))).isEqualTo("forbidden");
        assertThat(code(alice.call("DELETE", path, null))).isEqualTo("forbidden");
        assertThat(code(admin.call("GET", "/api/v1/admin/accounts/nobody-here/sessions", null)))
                .isEqualTo("not-found");

        String id = list(admin, path).getFirst().path("id").asString();
        assertThat(code(alice.call("DELETE", path + "/" + id, null))).isEqualTo("forbidden");
        assertThat(admin.call("DELETE", path + "/" + id, null).status()).isEqualTo(204);
        assertThat(isGood(laptop)).isFalse();
        assertThat(isGood(phone)).isTrue();
        assertThat(closed(id).by()).hasToString(admin.account());
        assertThat(code(admin.call("DELETE", path + "/" + id, null))).isEqualTo("not-found");

        assertThat(admin.call("DELETE", path, null).status()).isEqualTo(204);
        assertThat(isGood(phone)).isFalse();
        assertThat(list(admin, path)).isEmpty();
    }

    @Test
    void noFactHoldsASecret() {
        String user = name + "-secret";
        String password = "password " + UUID.randomUUID();
        String email = UUID.randomUUID() + "@example.org";
        Answer registered = Caller.nobody(commandSide)
                .call("POST", "/api/v1/accounts", Map.of("username", user, "password", password, "email", email));
        String token = registered.json().path("token").asString();
        String hash = commandSide
                .getBean(JdbcClient.class)
                .sql("select password_hash from command_side.account where username = ?")
                .param(user)
                .query(String.class)
                .single();
        assertThat(eventsWith(user)).isPositive();
        assertThat(eventsWith(registered.json().path("account").asString())).isGreaterThan(1);
        for (String secret : List.of(token, Token.hash(token), password, hash, email)) {
            assertThat(eventsWith(secret)).isZero();
        }
    }

    private long eventsWith(String text) {
        return commandSide
                .getBean(JdbcClient.class)
                .sql("select count(*) from axonserver.event where position(convert_to(?, 'UTF8') in event) > 0")
                .param(text)
                .query(Long.class)
                .single();
    }

    private String logIn(String client) {
        return Caller.nobody(commandSide)
                .call(
                        "POST",
                        "/api/v1/sessions",
                        Map.of("username", name, "password", "correct horse"),
                        "User-Agent",
                        client)
                .json()
                .path("token")
                .asString();
    }

    private static List<JsonNode> list(Caller caller, String path, String... headers) {
        List<JsonNode> all = new ArrayList<>();
        caller.call("GET", path, null, headers).json().path("sessions").forEach(all::add);
        return all;
    }

    private static String code(Answer answer) {
        return answer.json().path("code").asString();
    }

    private boolean isGood(String token) {
        return commandSide
                        .getBean(QueryGateway.class)
                        .query(new FindSession(Token.hash(token)), FoundSession.class)
                        .join()
                        .session()
                != null;
    }

    private SessionClosed closed(String id) {
        return (SessionClosed) commandSide
                .getBean(EventStore.class)
                .readEvents(SessionId.of(id).toString())
                .asStream()
                .map(DomainEventMessage::getPayload)
                .toList()
                .getLast();
    }
}
