package dev.parley.query.lobby;

import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import dev.parley.query.clear.Clear;
import dev.parley.query.clear.Clears;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.Generation;
import dev.parley.query.rebuild.Rebuildable;
import dev.parley.query.rebuild.Verification;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Builds the list of games anew. Compared with the log are the name of each game and who sits where.
@Component
class LobbyRebuild implements Rebuildable {

    private static final String EXPECTED = "expected_lobby";

    private static final String ACTUAL = """
            select id::text as key, 'game' as kind, 1::bigint as n, %s as hash from query_side.game
            union all select id::text, 'white', 1, %s from query_side.game where white is not null
            union all select id::text, 'black', 1, %s from query_side.game where black is not null""".formatted(
                    ExpectedSums.hash("name"), ExpectedSums.hash("white::text"), ExpectedSums.hash("black::text"));

    private final QuerySideSchema schema;

    LobbyRebuild(QuerySideSchema schema) {
        this.schema = schema;
    }

    @Override
    public String projection() {
        return QuerySideConfiguration.LOBBY;
    }

    @Override
    public List<String> tables() {
        return List.of("game", "player");
    }

    @Override
    public List<Expectation> expectations() {
        return List.of(ExpectedSums.table(EXPECTED));
    }

    @Override
    public String shape() {
        return "1";
    }

    @Override
    public boolean keeps(Class<?> fact) {
        return LobbyProjection.isKept(fact);
    }

    @Override
    public Generation generation(int number, JdbcTemplate next) {
        return new NextLobby(next);
    }

    private final class NextLobby implements Generation {

        private final Clears clears;
        private final LobbyProjection projection;
        private final ExpectedSums expected;

        NextLobby(JdbcTemplate next) {
            this.clears = new Clears(JdbcClient.create(next), schema);
            this.projection = new LobbyProjection(new LobbyTables(next, schema), clears);
            this.expected = new ExpectedSums(next, EXPECTED);
        }

        @Override
        public void write(List<Recorded<Fact>> facts) {
            expected.restart();
            projection.write(facts);
            // Nothing is new to it: the projection has just been there.
            Clear clear = clears.apply(projection(), List.of(), () -> {});
            if (facts.stream().anyMatch(recorded -> recorded.fact() instanceof ApplicationCleared)) {
                expected.clear();
            }
            clear.after(GameEvent.class, facts).stream()
                    .map(Recorded::fact)
                    .filter(event -> event.game().value() >= clear.firstGame())
                    .forEach(this::expect);
            expected.write();
        }

        private void expect(GameEvent event) {
            switch (event) {
                case GameCreated created -> expected.add(created.game().value(), "game", Storable.text(created.name()));
                case SeatTaken taken ->
                    expected.add(
                            taken.game().value(),
                            switch (taken.seat()) {
                                case WHITE -> "white";
                                case BLACK -> "black";
                            },
                            taken.account().toString());
            }
        }

        @Override
        public Verification verify() {
            return expected.verify(ACTUAL);
        }

        @Override
        public Verification verifyChanged() {
            return expected.verifyChanged(ACTUAL);
        }
    }
}
