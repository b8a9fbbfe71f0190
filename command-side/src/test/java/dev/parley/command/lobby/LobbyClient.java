package dev.parley.command.lobby;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.context.ApplicationContext;

/// A client of the lobby: no `Content-Type` unless asked for, `h2c` upgrades offered.
///
/// @param account null for none
record LobbyClient(ApplicationContext commandSide, String account) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /// @param body as it is; null for none
    HttpResponse<String> call(String method, String path, String body, String... headers) {
        String port = commandSide.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (account != null) {
            request.header("X-Account", account);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
