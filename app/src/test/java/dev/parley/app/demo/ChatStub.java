package dev.parley.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Accounts and conversations in memory; a token is the user name, a page is one conversation.
final class ChatStub implements AutoCloseable {

    record Said(String username, String id, String body) {}

    final Map<String, String> passwords = new ConcurrentHashMap<>();
    final List<String> titles = new ArrayList<>();
    final List<Said> said = new ArrayList<>();
    /// How many of the coming requests are answered with 503.
    final AtomicInteger unavailable = new AtomicInteger();

    private final HttpServer server;
    private final JsonMapper json = JsonMapper.builder().build();

    ChatStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody().readAllBytes());
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replace("Bearer ", "");
        String path = exchange.getRequestURI().getPath().replace("/api/v1/", "");
        if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer(exchange, 503, Map.of("code", "unavailable"));
        } else if (path.equals("accounts")) {
            register(
                    exchange,
                    body.path("username").asString(),
                    body.path("password").asString());
        } else if (path.equals("sessions")) {
            logIn(
                    exchange,
                    body.path("username").asString(),
                    body.path("password").asString());
        } else if (!passwords.containsKey(token)) {
            answer(exchange, 401, Map.of("code", "unauthenticated"));
        } else if (path.equals("conversations") && exchange.getRequestMethod().equals("GET")) {
            page(exchange);
        } else if (path.equals("conversations")) {
            titles.add(body.path("title").asString());
            exchange.getResponseHeaders().set("Parley-Position", "41");
            answer(exchange, 201, Map.of("id", "c1"));
        } else {
            said.add(new Said(
                    token, body.path("id").asString(), body.path("body").asString()));
            exchange.getResponseHeaders().set("Parley-Position", Integer.toString(41 + said.size()));
            answer(exchange, 201, Map.of("seq", said.size()));
        }
    }

    private void register(HttpExchange exchange, String username, String password) throws IOException {
        boolean free = passwords.putIfAbsent(username, password) == null;
        answer(exchange, free ? 201 : 409, free ? Map.of("token", username) : Map.of("code", "username-taken"));
    }

    private void logIn(HttpExchange exchange, String username, String password) throws IOException {
        boolean good = password.equals(passwords.get(username));
        answer(exchange, good ? 201 : 401, good ? Map.of("token", username) : Map.of("code", "bad-credentials"));
    }

    private void page(HttpExchange exchange) throws IOException {
        boolean caughtUp = said.isEmpty()
                || Integer.toString(41 + said.size())
                        .equals(exchange.getRequestHeaders().getFirst("Parley-After"));
        String query = exchange.getRequestURI().getQuery();
        int index = query.contains("cursor=") ? Integer.parseInt(query.replaceFirst(".*cursor=", "")) : 0;
        if (!caughtUp || titles.isEmpty()) {
            answer(exchange, 200, Map.of("conversations", List.of()));
            return;
        }
        List<Map<String, String>> one = List.of(Map.of("id", "c1", "title", titles.get(index)));
        answer(
                exchange,
                200,
                index + 1 < titles.size()
                        ? Map.of("conversations", one, "next", Integer.toString(index + 1))
                        : Map.of("conversations", one));
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
