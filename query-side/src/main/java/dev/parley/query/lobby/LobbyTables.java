package dev.parley.query.lobby;

import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Reads and writes `query_side.game` and `query_side.player`, a batch at a time, in the caller's transaction. Each
/// write can be repeated: games and players are added once, and a seat is taken once.
@Component
class LobbyTables {

    private static final int ROWS_A_STATEMENT = 500;

    private static final String PLAYER =
            "insert into query_side.player (account, username) values (?, ?) on conflict do nothing";
    private static final String GAME = "insert into query_side.game (id, name) values (?, ?) on conflict do nothing";
    private static final String WHITE = "update query_side.game set white = ? where id = ? and white is null";
    private static final String BLACK = "update query_side.game set black = ? where id = ? and black is null";
    private static final String LIST = """
            select g.id, w.username, b.username, g.name
            from query_side.game g
                left join query_side.player w on w.account = g.white
                left join query_side.player b on b.account = g.black
            order by g.id""";

    private final JdbcTemplate jdbc;

    LobbyTables(JdbcTemplate jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// @param white the user name of who has the seat, null while nobody has
    /// @param black likewise
    record Row(int game, @Nullable String white, @Nullable String black, String name) {}

    /// All games, oldest first.
    List<Row> games() {
        return jdbc.query(
                LIST, (row, n) -> new Row(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    void empty() {
        jdbc.update("delete from query_side.game");
        jdbc.update("delete from query_side.player");
    }

    /// Nicks of archives are left out: nobody can log in as one.
    void add(List<Recorded<AccountRegistered>> accounts) {
        List<AccountRegistered> players = accounts.stream()
                .map(Recorded::fact)
                .filter(account -> account.archive() == null)
                .toList();
        jdbc.batchUpdate(PLAYER, players, ROWS_A_STATEMENT, (statement, account) -> {
            statement.setObject(1, account.account().value());
            statement.setString(2, Storable.text(account.username()));
        });
    }

    /// @param firstGame games below this number are not added, and nobody sits at a game that was not
    void write(List<Recorded<GameEvent>> facts, int firstGame) {
        List<GameCreated> games = new ArrayList<>();
        List<SeatTaken> white = new ArrayList<>();
        List<SeatTaken> black = new ArrayList<>();
        for (Recorded<GameEvent> recorded : facts) {
            switch (recorded.fact()) {
                case GameCreated created when created.game().value() < firstGame -> {}
                case GameCreated created -> games.add(created);
                case SeatTaken taken ->
                    (switch (taken.seat()) {
                                case WHITE -> white;
                                case BLACK -> black;
                            })
                            .add(taken);
            }
        }
        jdbc.batchUpdate(GAME, games, ROWS_A_STATEMENT, (statement, game) -> {
            statement.setInt(1, game.game().value());
            statement.setString(2, Storable.text(game.name()));
        });
        seat(WHITE, white);
        seat(BLACK, black);
    }

    private void seat(String sql, List<SeatTaken> taken) {
        jdbc.batchUpdate(sql, taken, ROWS_A_STATEMENT, (statement, seat) -> {
            UUID account = seat.account().value();
            statement.setObject(1, account);
            statement.setInt(2, seat.game().value());
        });
    }
}
