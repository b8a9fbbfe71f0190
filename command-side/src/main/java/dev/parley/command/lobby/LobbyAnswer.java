package dev.parley.command.lobby;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.WebAsyncTask;

/// Answers that are JSON whatever the request accepts.
final class LobbyAnswer {

    /// Longer than other calls may take: many passwords may wait for their turn to be hashed.
    private static final Duration PASSWORD_PATIENCE = Duration.ofSeconds(30);

    private LobbyAnswer() {}

    /// The answer of a call that hashes a password.
    static <T> WebAsyncTask<ResponseEntity<T>> afterHashing(Callable<T> body) {
        return new WebAsyncTask<>(PASSWORD_PATIENCE.toMillis(), () -> of(body.call()));
    }

    /// `{}`.
    static ResponseEntity<Map<String, Object>> done() {
        return of(Map.of());
    }

    static <T> ResponseEntity<T> of(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
