package dev.parley.query.lobby;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.query.paging.Parameters;
import dev.parley.tail.ReadBarrier;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/// The list of games for who has a token. It answers with JSON whatever the request accepts.
@RestController
class LobbyController {

    private final GameList list;

    LobbyController(GameList list) {
        this.list = list;
    }

    /// `{"games":[…]}`, by number.
    record Games(List<Game> games) {}

    /// The names are those of a public contract; an empty seat is null, not absent.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Game(
            int gameID,
            @Nullable String whiteUsername,
            @Nullable String blackUsername,
            String gameName) {}

    @GetMapping("/game")
    Callable<ResponseEntity<Games>> games(
            @Nullable Principal principal,
            @RequestAttribute(name = ReadBarrier.SEEN, required = false) @Nullable Long seen) {
        Parameters.caller(principal);
        return () -> ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Games(list.read(seen).stream()
                        .map(row -> new Game(row.game(), row.white(), row.black(), row.name()))
                        .toList()));
    }
}
