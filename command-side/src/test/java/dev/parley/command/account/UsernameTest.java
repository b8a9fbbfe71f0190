package dev.parley.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.command.era.Era;
import dev.parley.messages.GameId;
import dev.parley.messages.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    private static final Era FIRST = new Era(0, new GameId(1), true);

    @ParameterizedTest
    @CsvSource({"alice, ALICE", "straße, STRASSE", "Ὀδυσσεύς, ὈΔΥΣΣΕΎΣ", "Zoë, Zoe\u0308", "İpek, i\u0307pek"})
    void spellingsOfOneNameAreOne(String one, String other) {
        assertThat(Username.of(one).folded()).isEqualTo(Username.of(other).folded());
        assertThat(Username.fold(Username.fold(one))).isEqualTo(Username.fold(one));
    }

    @Test
    void isShownAsItWasGivenInFormC() {
        assertThat(Username.of("Zoe\u0308").text()).isEqualTo("Zo\u00eb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                " abc",
                "abc ",
                "a\tbc",
                "a\u0000bc",
                "abc\ud800",
                "a\u200bbc",
                "a@irc",
                "a/b",
                "a;b",
                "a%b",
                "a\\b"
            })
    void namesThatDoNotPrintOrMeanSomethingElseAreRefused(String name) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> Username.of(name))
                .matches(refused -> "username".equals(refused.rejection().field()));
    }

    @Test
    void isAtMost64CodePoints() {
        assertThat(Username.of("😀".repeat(64)).text()).hasSize(128);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> Username.of("a".repeat(65)));
    }

    @Test
    void nicksOfAnArchiveHaveOneAccountEach() {
        assertThat(NickAccounts.account(FIRST, "irc", "Bob")).isEqualTo(NickAccounts.account(FIRST, "irc", "bOB"));
        assertThat(NickAccounts.account(FIRST, "irc", "Bob")).isNotEqualTo(NickAccounts.account(FIRST, "irc2", "Bob"));
    }
}
