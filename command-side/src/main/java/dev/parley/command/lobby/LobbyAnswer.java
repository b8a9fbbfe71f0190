package dev.parley.command.lobby;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Answers that are JSON whatever the request accepts.
final class LobbyAnswer {

    private LobbyAnswer() {}

    /// `{}`.
    static ResponseEntity<Map<String, Object>> done() {
        return of(Map.of());
    }

    static <T> ResponseEntity<T> of(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
