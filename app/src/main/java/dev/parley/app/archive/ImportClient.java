package dev.parley.app.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ImportReport;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The import endpoints of a running Parley. Every call may be repeated; passing failures are waited out by
/// [PatientHttp]; anything else ends in an [ImportException]. Thread-safe once logged in.
final class ImportClient {

    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

    private final ImportTarget target;
    private final String archive;
    private final PatientHttp http;
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile @Nullable String token;

    /// @param archive names the import
    ImportClient(ImportTarget target, String archive, PatientHttp http) {
        this.target = target;
        this.archive = archive;
        this.http = http;
    }

    void login() throws InterruptedException {
        byte[] body = json(new Credentials(target.user(), target.password()));
        token = ask(post("/api/v1/sessions", body), Session.class).token();
    }

    /// Makes the archive's conversation, or finds it.
    ConversationId open(String title) throws InterruptedException {
        return ask(post(imports(""), json(new Opening(title))), Opened.class).conversation();
    }

    /// How far the import is.
    ImportReport report() throws InterruptedException {
        return send(json(List.of()));
    }

    /// @param nicks at most 1,000
    Map<String, AccountId> register(List<String> nicks) throws InterruptedException {
        return ask(post(imports("/accounts"), json(new Nicknames(nicks))), Registered.class)
                .accounts();
    }

    /// @param batch made by [#json(List)]
    ImportReport send(byte[] batch) throws InterruptedException {
        return ask(post(imports("/messages"), batch), ImportReport.class);
    }

    Counts counts(ConversationId conversation) throws InterruptedException {
        return ask(
                request("/api/v1/admin/conversations/" + conversation + "/counts")
                        .GET(),
                Counts.class);
    }

    /// @param messages at most 1,000
    byte[] json(List<ArchivedMessage> messages) {
        return json(new Messages(messages));
    }

    private byte[] json(Record body) {
        return json.writeValueAsBytes(body);
    }

    private String imports(String rest) {
        return "/api/v1/admin/imports/" + URLEncoder.encode(archive, StandardCharsets.UTF_8) + rest;
    }

    private HttpRequest.Builder post(String path, byte[] body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.server().resolve(path))
                .header("Accept", "application/json")
                .timeout(ANSWER_TIMEOUT);
        String bearer = token;
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private <T> T ask(HttpRequest.Builder builder, Class<T> type) throws InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<byte[]> response = http.send(request);
        if (response.statusCode() / 100 != 2) {
            throw new ImportException("Parley at " + target.server() + " refused " + request.method() + " "
                    + request.uri().getPath() + ": " + Problem.line(json, response));
        }
        try {
            return json.readValue(response.body(), type);
        } catch (JacksonException e) {
            throw new ImportException(
                    target.server() + " gave an answer that is not Parley's to "
                            + request.uri().getPath(),
                    e);
        }
    }

    private record Credentials(String username, String password) {
        @Override
        public String toString() {
            return username;
        }
    }

    private record Session(String token) {
        @Override
        public String toString() {
            return "Session";
        }
    }

    private record Opening(String title) {}

    private record Opened(ConversationId conversation) {}

    private record Nicknames(List<String> nicks) {}

    private record Registered(Map<String, AccountId> accounts) {}

    private record Messages(List<ArchivedMessage> messages) {}
}
