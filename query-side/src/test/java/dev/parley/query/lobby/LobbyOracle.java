package dev.parley.query.lobby;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import dev.parley.query.batch.Recorded;
import dev.parley.testing.Oracle;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Games and who sits at them, told the plain way. A new fact of games does not compile until this says
/// what it does.
final class LobbyOracle implements Oracle {

    private final Map<AccountId, String> players = new HashMap<>();
    private final Map<Integer, Game> games = new TreeMap<>();
    private int firstGame;

    private record Game(String name, Map<Seat, AccountId> seats) {}

    @Override
    public void apply(Recorded<Fact> recorded) {
        if (recorded.fact() instanceof ApplicationCleared cleared) {
            players.clear();
            games.clear();
            firstGame = cleared.firstGame().value();
        }
        if (recorded.fact() instanceof AccountRegistered account && account.archive() == null) {
            players.put(account.account(), account.username());
        }
        if (recorded.fact() instanceof GameEvent event) {
            apply(event);
        }
    }

    private void apply(GameEvent event) {
        int number = event.game().value();
        switch (event) {
            case GameCreated created -> {
                if (number >= firstGame) {
                    games.put(number, new Game(created.name(), new EnumMap<>(Seat.class)));
                }
            }
            case SeatTaken taken -> {
                if (games.containsKey(number)) {
                    games.get(number).seats().put(taken.seat(), taken.account());
                }
            }
        }
    }

    /// In the order of their numbers.
    @Override
    public List<LobbyTables.Row> state() {
        return games.entrySet().stream()
                .map(game -> new LobbyTables.Row(
                        game.getKey(),
                        player(game.getValue(), Seat.WHITE),
                        player(game.getValue(), Seat.BLACK),
                        game.getValue().name()))
                .toList();
    }

    private @Nullable String player(Game game, Seat seat) {
        AccountId account = game.seats().get(seat);
        return account == null ? null : players.get(account);
    }
}
