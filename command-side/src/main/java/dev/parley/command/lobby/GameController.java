package dev.parley.command.lobby;

import dev.parley.command.account.Callers;
import dev.parley.command.game.Games;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.game.Seat;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// Creates games and joins them. The token is checked first, then the body.
@RestController
class GameController {

    private final Games games;

    record CreatedGame(int gameID) {}

    GameController(Games games) {
        this.games = games;
    }

    @PostMapping("/game")
    Callable<ResponseEntity<CreatedGame>> create(HttpServletRequest request) throws IOException {
        AccountId by = Callers.account(request.getUserPrincipal());
        String name = LobbyBody.of(request).text("gameName");
        return () -> LobbyAnswer.of(new CreatedGame(games.create(name, by).value()));
    }

    /// Clients call the colour `playerColor`, the contract's diagram calls it `ClientColor`.
    @PutMapping("/game")
    Callable<ResponseEntity<Map<String, Object>>> join(HttpServletRequest request) throws IOException {
        AccountId account = Callers.account(request.getUserPrincipal());
        LobbyBody body = LobbyBody.of(request);
        Seat seat = seat(body.text("playerColor", "ClientColor"));
        int game = body.integer("gameID");
        return () -> {
            games.join(game, seat, account);
            return LobbyAnswer.done();
        };
    }

    private static Seat seat(String color) {
        return switch (color) {
            case "WHITE" -> Seat.WHITE;
            case "BLACK" -> Seat.BLACK;
            default -> throw new RejectedException(Rejection.invalid("playerColor", "A colour is WHITE or BLACK"));
        };
    }
}
