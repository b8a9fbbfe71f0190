package dev.parley.command.lobby;

import dev.parley.command.application.Clearing;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RestController;

/// Clears the application for whoever asks, where that is enabled.
@RestController
class ClearController {

    private final Clearing clearing;

    ClearController(Clearing clearing) {
        this.clearing = clearing;
    }

    @DeleteMapping("/db")
    Callable<ResponseEntity<Map<String, Object>>> clear() {
        return () -> {
            clearing.clear();
            return LobbyAnswer.done();
        };
    }
}
