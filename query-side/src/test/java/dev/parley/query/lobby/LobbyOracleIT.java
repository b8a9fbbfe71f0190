package dev.parley.query.lobby;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.GameId;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;

/// The list of games.
class LobbyOracleIT extends OracleContract {

    @Autowired
    private LobbyProjection projection;

    @Autowired
    private LobbyTables tables;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Fold fold() {
        return new Games();
    }

    @Override
    protected Set<String> read(Story story) {
        return tables.games().stream()
                .map(row -> row.game() + " " + row.white() + " " + row.black() + " " + row.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// A new fact of a game, an account or the application does not compile until this says what it does.
    private static final class Games implements Fold {

        private final Map<AccountId, String> names = new HashMap<>();
        private final Map<GameId, Game> games = new HashMap<>();
        private int first;

        private record Game(String name, Map<Seat, AccountId> seats) {}

        @Override
        public void apply(Fact fact, long position, long seq) {
            switch (fact) {
                case ApplicationEvent event -> apply(event);
                case AccountEvent event -> apply(event);
                case GameEvent event -> apply(event);
                default -> {}
            }
        }

        private void apply(ApplicationEvent event) {
            switch (event) {
                case ApplicationCleared cleared -> {
                    names.clear();
                    games.clear();
                    first = cleared.firstGame().value();
                }
            }
        }

        /// Nobody plays under the nick of an archive.
        private void apply(AccountEvent event) {
            switch (event) {
                case AccountRegistered it when it.archive() != null -> {}
                case AccountRegistered it -> names.put(it.account(), it.username());
                case RoleGranted granted -> {}
                case RoleWithdrawn withdrawn -> {}
            }
        }

        private void apply(GameEvent event) {
            switch (event) {
                case GameCreated it when it.game().value() < first -> {}
                case GameCreated it -> games.put(it.game(), new Game(it.name(), new EnumMap<>(Seat.class)));
                case SeatTaken it -> {
                    if (games.containsKey(it.game())) {
                        games.get(it.game()).seats().put(it.seat(), it.account());
                    }
                }
            }
        }

        @Override
        public Set<String> state() {
            Set<String> state = new TreeSet<>();
            games.forEach((id, game) -> state.add(
                    id.value() + " " + name(game, Seat.WHITE) + " " + name(game, Seat.BLACK) + " " + game.name()));
            return state;
        }

        private String name(Game game, Seat seat) {
            return String.valueOf(names.get(game.seats().get(seat)));
        }
    }
}
