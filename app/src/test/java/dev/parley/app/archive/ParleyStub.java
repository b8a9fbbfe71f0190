package dev.parley.app.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ImportReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.LongUnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/// The import endpoints in memory: batches can be repeated, and failures ordered.
final class ParleyStub implements AutoCloseable {

    /// What happens to a batch.
    enum Fate {
        TAKEN,
        /// Answered with 503 and not taken.
        REFUSED,
        /// Taken, but the connection breaks before the answer.
        UNANSWERED,
        /// Answered with 409 and not taken.
        REJECTED
    }

    record Batch(List<ArchivedMessage> messages) {}

    record NickNames(List<String> nicks) {}

    static final String PASSWORD = "secret";
    static final ConversationId CONVERSATION =
            new ConversationId(UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"));

    final List<ArchivedMessage> messages = new ArrayList<>();
    final Map<String, AccountId> accounts = new LinkedHashMap<>();
    final List<Integer> batches = new ArrayList<>();
    /// Of the coming batches; taken when empty.
    final List<Fate> fates = new ArrayList<>();
    /// What Elasticsearch is said to hold of what it should.
    volatile LongUnaryOperator indexed = count -> count;

    private final HttpServer server;
    private final JsonMapper json = JsonMapper.builder().build();

    ParleyStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        boolean known = "Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (path.equals("/api/v1/sessions")) {
            boolean good = new String(body, StandardCharsets.UTF_8).contains("\"" + PASSWORD + "\"");
            answer(
                    exchange,
                    good ? 201 : 401,
                    good
                            ? Map.of("token", "good", "username", "admin")
                            : Map.of("detail", "The user name or the password is wrong.", "code", "bad-credentials"));
        } else if (!known) {
            answer(exchange, 401, Map.of("detail", "Log in.", "code", "unauthenticated"));
        } else if (path.equals("/api/v1/admin/imports/irc")) {
            answer(exchange, 200, Map.of("conversation", CONVERSATION));
        } else if (path.equals("/api/v1/admin/imports/irc/accounts")) {
            answer(
                    exchange,
                    200,
                    Map.of(
                            "accounts",
                            register(json.readValue(body, NickNames.class).nicks())));
        } else if (path.equals("/api/v1/admin/imports/irc/messages")) {
            take(exchange, json.readValue(body, Batch.class).messages());
        } else if (path.equals("/api/v1/admin/conversations/" + CONVERSATION + "/counts")) {
            long count = messages.size();
            answer(
                    exchange,
                    200,
                    Map.of("events", count, "stored", count, "indexed", indexed.applyAsLong(count), "new", true));
        } else {
            answer(exchange, 404, Map.of("detail", "There is no " + path));
        }
    }

    private Map<String, AccountId> register(List<String> nicks) {
        Map<String, AccountId> answer = new LinkedHashMap<>();
        nicks.forEach(nick -> answer.put(
                nick,
                accounts.computeIfAbsent(nick.toLowerCase(Locale.ROOT), folded -> new AccountId(UUID.randomUUID()))));
        return answer;
    }

    private void take(HttpExchange exchange, List<ArchivedMessage> batch) throws IOException {
        Fate fate = batch.isEmpty() || fates.isEmpty() ? Fate.TAKEN : fates.removeFirst();
        switch (fate) {
            case TAKEN -> answer(exchange, 200, append(batch));
            case REFUSED -> answer(exchange, 503, Map.of("detail", "Try again.", "code", "unavailable"));
            case UNANSWERED -> {
                append(batch);
                exchange.close();
            }
            case REJECTED -> answer(exchange, 409, Map.of("detail", "Not now.", "code", "conversation-full"));
        }
    }

    private ImportReport append(List<ArchivedMessage> batch) {
        batches.add(batch.size());
        int before = messages.size();
        for (ArchivedMessage message : batch) {
            if (messages.isEmpty()
                    || message.message()
                                    .value()
                                    .compareTo(messages.getLast().message().value())
                            > 0) {
                messages.add(message);
            }
        }
        int imported = messages.size() - before;
        long line = messages.isEmpty() ? 0 : messages.getLast().line();
        return new ImportReport(CONVERSATION, imported, batch.size() - imported, messages.size(), line);
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
