package dev.parley.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NicksTest {

    private final Nicks nicks = new Nicks();

    @Test
    void nickIsOneWhateverItsCase() {
        AccountId account = new AccountId(UUID.randomUUID());
        nicks.saw("Triss", 1);
        nicks.saw("TRISS", 2);
        assertThat(nicks.after(0)).containsExactly("Triss");
        nicks.assign(Map.of("triss", account));
        assertThat(nicks.account("tRiSS")).isEqualTo(account);
    }

    @Test
    void nickThatSpeaksNoMoreIsNotAskedFor() {
        nicks.saw("early", 1);
        nicks.saw("both", 1);
        nicks.saw("both", 7);
        assertThat(nicks.after(5)).containsExactly("both");
    }

    @Test
    void strangerHasNoAccount() {
        nicks.assign(Map.of("stranger", new AccountId(UUID.randomUUID())));
        assertThat(nicks.account("stranger")).isNull();
    }
}
