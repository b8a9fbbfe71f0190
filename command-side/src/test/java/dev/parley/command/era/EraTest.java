package dev.parley.command.era;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.identity.DerivedId;
import dev.parley.messages.GameId;
import org.junit.jupiter.api.Test;

class EraTest {

    /// Stored ids depend on it.
    @Test
    void theFirstEraDerivesIdsAsThoughThereWereNone() {
        assertThat(era(0).derive("archive", "irc")).isEqualTo(DerivedId.of("archive", "irc"));
    }

    @Test
    void eachEraDerivesIdsOfItsOwn() {
        assertThat(era(1).derive("archive", "irc")).hasToString("127b6bb4-b1bf-8c4e-af20-b6fc99e49286");
        assertThat(era(1).derive("archive", "irc"))
                .isNotEqualTo(era(0).derive("archive", "irc"))
                .isNotEqualTo(era(2).derive("archive", "irc"));
    }

    @Test
    void gamesBelowTheFloorAreOver() {
        Era era = new Era(1, new GameId(5), true);
        assertThat(era.isOver(new GameId(4))).isTrue();
        assertThat(era.isOver(new GameId(5))).isFalse();
    }

    private static Era era(long number) {
        return new Era(number, new GameId(1), true);
    }
}
