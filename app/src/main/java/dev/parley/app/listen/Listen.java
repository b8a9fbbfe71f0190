package dev.parley.app.listen;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.json.JsonMapper;

/// Connects to the gateway, says hello and prints every frame it gets, one a line, until it is closed or interrupted.
/// Events are acknowledged as they are printed.
public final class Listen {

    private static final int REFUSED = 1;
    private static final int USAGE = 2;

    private Listen() {}

    /// @param arguments `TOKEN [--server URL] [--device NAME] [--position N]`
    /// @return the exit code: 0 if the server says to come back, 2 for bad arguments, else 1
    public static int run(String[] arguments) {
        Map<String, String> options = options(arguments);
        String token = options.get("token");
        if (token == null) {
            System.err.println(
                    "Usage: bin/listen TOKEN [--server http://127.0.0.1:8080] [--device terminal] [--position N]");
            return USAGE;
        }
        URI server = URI.create(options.getOrDefault("server", "http://127.0.0.1:8080"));
        FramePrinter printer = new FramePrinter(System.out);
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws"), printer)
                    .join();
            socket.sendText(hello(options, token), true).join();
            int code = printer.awaitClose();
            System.err.println("parley: the server closed the connection with code " + code);
            return code >= 4500 ? REFUSED : 0;
        } catch (CompletionException e) {
            System.err.println("parley: no connection to " + server + ": is Parley running there?");
            return REFUSED;
        }
    }

    private static String hello(Map<String, String> options, String token) {
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("type", "hello");
        hello.put("token", token);
        hello.put("device", options.getOrDefault("device", "terminal"));
        String position = options.get("position");
        if (position != null) {
            hello.put("position", Long.valueOf(position));
        }
        return new JsonMapper().writeValueAsString(hello);
    }

    private static Map<String, String> options(String... arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
                options.put(arguments[i].substring(2), arguments[++i]);
            } else {
                options.put("token", arguments[i]);
            }
        }
        return options;
    }
}
