package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// One set of accounts behind two doors: chat, games, sessions, roles, and the limits on guessing.
@ExtendWith(SharedProduct.class)
class AccountsSystemTest {

    private static final int UNAUTHENTICATED = 4500;

    private static Product product;
    private static LobbyClient lobby;

    @BeforeAll
    static void start(Product shared) {
        product = shared;
        lobby = new LobbyClient(product.address());
    }

    @Test
    void playersTalkInTheConversationOfTheirGame() {
        Caller white = Caller.register(product.address(), name());
        Caller black = throughTheLobby(name());
        Caller stranger = Caller.register(product.address(), name());
        int game = lobby.created(token(white), "Queens");
        assertThat(lobby.join(token(white), "WHITE", game).status()).isEqualTo(200);
        String conversation = onlyConversation(white);
        try (ChatSocket whites = ChatSocket.open(white, "laptop")) {
            assertThat(lobby.join(token(black), "BLACK", game).status()).isEqualTo(200);
            JsonNode sat =
                    whites.awaitFrame(frame -> frame.path("event").asString().equals("game"));
            assertThat(sat.path("conversation").asString()).isEqualTo(conversation);
            assertThat(sat.at("/data/game").asInt()).isEqualTo(game);
            assertThat(sat.at("/data/seat").asString()).isEqualTo("black");
            assertThat(sat.at("/data/white").asString()).isEqualTo(white.account());
            assertThat(sat.at("/data/black").asString())
                    .isEqualTo(sat.at("/data/account").asString());

            assertThat(onlyConversation(black)).isEqualTo(conversation);
            try (ChatSocket blacks = ChatSocket.open(black, "phone")) {
                String e4 = Caller.newMessageId();
                whites.send(Map.of("type", "send", "id", e4, "conversation", conversation, "body", "1. e4"));
                blacks.awaitMessage(e4);
                String e5 = Caller.newMessageId();
                blacks.send(Map.of("type", "send", "id", e5, "conversation", conversation, "body", "1... e5"));
                whites.awaitMessage(e5);
            }
            assertThat(stranger.trySend(conversation, Caller.newMessageId(), "kibitz")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aLogoutEndsTheTokenAndItsSocketsAndNoOthers() {
        String name = name();
        Caller laptop = throughTheLobby(name);
        Caller phone =
                new Caller(product.address(), name, null, LobbyClient.token(lobby.logIn(name, LobbyClient.PASSWORD)));
        try (ChatSocket laptops = ChatSocket.open(laptop, "laptop");
                ChatSocket phones = ChatSocket.open(phone, "phone")) {
            lobby.logOut(laptop.token());
            assertThat(laptop.get("/api/v1/conversations").status()).isEqualTo(401);
            assertThat(laptops.awaitClose()).isEqualTo(UNAUTHENTICATED);
            phones.send(Map.of("type", "ping"));
            phones.awaitFrame(frame -> ChatSocket.type(frame, "pong"));
        }
        try (ChatSocket late = ChatSocket.connect(product.address())) {
            late.send(Map.of("type", "hello", "token", token(laptop), "device", "laptop"));
            assertThat(late.awaitClose()).isEqualTo(UNAUTHENTICATED);
        }
    }

    @Test
    void peopleSeeAndEndTheirSessionsAndAdminsThoseOfOthers() {
        String name = name();
        Caller first = Caller.register(product.address(), name);
        Caller second = Caller.logIn(product.address(), name, Caller.PASSWORD);
        Caller third = Caller.logIn(product.address(), name, Caller.PASSWORD);
        Caller other = Caller.register(product.address(), name());
        JsonNode mine = first.get("/api/v1/sessions").json().path("sessions");
        assertThat(mine.size()).isEqualTo(3);
        assertThat(current(first)).isNotEqualTo(current(second));

        assertThat(other.delete("/api/v1/sessions/" + current(second)).status()).isEqualTo(404);
        assertThat(first.delete("/api/v1/sessions/" + current(second)).status()).isEqualTo(204);
        assertThat(second.get("/api/v1/conversations").status()).isEqualTo(401);
        assertThat(first.get("/api/v1/sessions").json().path("sessions").size()).isEqualTo(2);

        String byAdmin = "/api/v1/admin/accounts/" + name + "/sessions";
        assertThat(other.get(byAdmin).status()).isEqualTo(403);
        Caller admin = Auditors.admin(product);
        assertThat(admin.get(byAdmin).json().path("sessions").size()).isEqualTo(2);
        assertThat(admin.delete(byAdmin + "/" + current(third)).status()).isEqualTo(204);
        assertThat(third.get("/api/v1/conversations").status()).isEqualTo(401);
        assertThat(first.get("/api/v1/conversations").status()).isEqualTo(200);
    }

    @Test
    void aPhoneThatIsLoggedOutFromElsewhereIsForgottenAndAdminsAloneAskAboutPushes() {
        String name = name();
        Caller desk = Caller.register(product.address(), name);
        Caller phone = Caller.logIn(product.address(), name, Caller.PASSWORD);
        Map<String, String> token = Map.of("platform", "fcm", "token", "fcm-" + name);
        assertThat(phone.put("/api/v1/devices/phone", token).status()).isEqualTo(204);
        assertThat(desk.get("/api/v1/devices").json().path("devices").size()).isOne();

        assertThat(desk.delete("/api/v1/sessions/" + current(phone)).status()).isEqualTo(204);
        await().until(() -> desk.get("/api/v1/devices").json().path("devices").isEmpty());

        assertThat(desk.get("/api/v1/admin/push/overview").status()).isEqualTo(403);
        assertThat(desk.get("/api/v1/admin/push?device=phone").status()).isEqualTo(403);
        Caller admin = Auditors.admin(product);
        assertThat(admin.get("/api/v1/admin/push/overview")
                        .json()
                        .path("providers")
                        .size())
                .isEqualTo(2);
        assertThat(admin.get("/api/v1/admin/push?device=phone").status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/admin/push?message=nonsense").status()).isEqualTo(400);
        assertThat(admin.get("/api/v1/admin/push?message=a&device=b").status()).isEqualTo(400);
    }

    @Test
    void rolesAreGrantedAndWithdrawnByAdminsAtOnceAsFacts() {
        Caller person = Caller.register(product.address(), name() + " 50%/;\\");
        Caller admin = Auditors.admin(product);
        String role = "/api/v1/admin/accounts/" + person.account() + "/roles/auditor";
        assertThat(person.get("/api/v1/audit/events").status()).isEqualTo(403);
        assertThat(person.put(role, Map.of()).status()).isEqualTo(403);

        admin.put(role, Map.of());
        assertThat(person.get("/api/v1/audit/events").status()).isEqualTo(200);
        assertThat(types(person, person.account())).containsExactly("AccountRegistered", "RoleGranted");
        admin.delete(role);
        assertThat(person.get("/api/v1/audit/events").status()).isEqualTo(403);
    }

    @Test
    void guessingIsSlowedDownAlikeForNamesThatExistAndThatDoNot() {
        String known = name();
        lobby.register(known, "right");
        for (String name : List.of(known, name())) {
            Answer answer = lobby.logIn(name, "guess");
            for (int guess = 0; guess < 20 && answer.status() == 401; guess++) {
                answer = lobby.logIn(name, "guess " + guess);
            }
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.text("message")).startsWith("Error: ");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        }
        Answer right = Caller.nobody(product.address())
                .post("/api/v1/sessions", Map.of("username", known, "password", "right"));
        assertThat(right.status()).isEqualTo(429);
        assertThat(right.text("code")).isEqualTo("rate-limited");
        assertThat(right.header("Retry-After")).isNotEmpty();
    }

    private static Caller throughTheLobby(String name) {
        return new Caller(product.address(), name, null, LobbyClient.token(lobby.register(name, LobbyClient.PASSWORD)));
    }

    private static String onlyConversation(Caller caller) {
        JsonNode conversations = await().until(
                        () -> caller.get("/api/v1/conversations").json().path("conversations"),
                        found -> found.size() > 0);
        assertThat(conversations.size()).isEqualTo(1);
        assertThat(conversations.at("/0/kind").asString()).isEqualTo("game");
        return conversations.at("/0/id").asString();
    }

    private static String current(Caller caller) {
        return StreamSupport.stream(
                        caller.get("/api/v1/sessions").json().path("sessions").spliterator(), false)
                .filter(session -> session.path("current").asBoolean())
                .map(session -> session.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> types(Caller auditor, String aggregate) {
        List<String> types = new ArrayList<>();
        long next = -1;
        long head;
        do {
            JsonNode page =
                    auditor.get("/api/v1/audit/events?limit=1000&after=" + next).json();
            page.path("events")
                    .valueStream()
                    .filter(event -> event.path("aggregate").asString().equals(aggregate))
                    .forEach(event -> types.add(event.path("type").asString()));
            next = page.path("next").asLong();
            head = page.path("head").asLong();
        } while (next < head);
        return types;
    }

    private static String token(Caller caller) {
        return String.valueOf(caller.token());
    }

    private static String name() {
        return "person-" + UUID.randomUUID();
    }
}
