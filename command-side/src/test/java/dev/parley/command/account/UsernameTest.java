package dev.parley.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.command.era.Era;
import dev.parley.messages.GameId;
import dev.parley.messages.RejectedException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
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
                "O'Brien \"Bob\" `x`",
                "<b>&amp<b>",
                "$1 {0} ${x}",
                "' or 1=1 --",
                "محمد‌رضا",
                "می‌خواهم",
                "क्‍ष कुमार",
                "श्री",
                "അവന്‍",
                "ශ්‍රී",
                "王小明",
                "김철수",
                "さくら",
                "שרה כהן",
                "Ἀριστοτέλης",
                "Владимир",
                "ไพลิน",
                "አበበ",
                "𐐀𐐁𐐂",
                "👨‍👩‍👧‍👦 family",
                "👩🏽‍🚀 ada",
                "❤️‍🔥 heart",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿 ecosse",
                "🏳️‍🌈 flag",
                "1️⃣2️⃣3️⃣",
                "葛󠄀城市"
            })
    void namesOfEveryScriptAreKeptAsTheyAre(String name) {
        assertThat(Username.of(name).text()).isEqualTo(name);
        assertThat(Username.of(Username.of(name).text())).isEqualTo(Username.of(name));
    }

    @Test
    void lettersOfEveryScriptAreKeptAsTheyAre() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("UsernameTest -Dseed=" + seed);
        Random random = new Random(seed);
        for (Character.UnicodeScript script : Character.UnicodeScript.values()) {
            int[] letters = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                    .filter(it -> Character.UnicodeScript.of(it) == script && Character.isLetter(it))
                    .filter(it -> "\u115F\u1160\u3164\uFFA0".indexOf(it) < 0)
                    .toArray();
            if (letters.length > 0) {
                int[] some =
                        random.ints(10, 0, letters.length).map(i -> letters[i]).toArray();
                String name = Normalizer.normalize(new String(some, 0, some.length), Normalizer.Form.NFC);
                Username username = Username.of(name);
                assertThat(username.text()).as(script.name()).isEqualTo(name);
                String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
                assertThat(Username.of(decomposed)).as(script.name()).isEqualTo(username);
                assertThat(Username.fold(username.folded())).as(script.name()).isEqualTo(username.folded());
                assertThat(Username.fold(name.toUpperCase(Locale.ROOT)))
                        .as(script.name())
                        .isEqualTo(username.folded());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ali\u200dce",
                "ali\u200cce",
                "\u200dalice",
                "alice\u200d",
                "alice\u200c",
                "می\u200c\u200cخواهم",
                "محمد\u200c",
                "👨\u200d",
                "\u200d\u200d\u200d",
                "alice\ufe0f",
                "alice1\ufe0f",
                "alice\udb40\udc41",
                "🏴\udb40\udc67\udb40\udc62",
                "\u3164\u3164\u3164",
                "\u2800\u2800\u2800",
                "\u00a0alice",
                "alice\u3000",
                "\u202ealice",
                "al\u2066ice",
                "al\u00adice",
                "\ufeffalice",
                "al\u061cice",
                "al\u034fice"
            })
    void invisibleCharactersThatMakeNamesLookAlikeAreRefused(String name) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> Username.of(name))
                .matches(refused -> "username".equals(refused.rejection().field()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", " abc", "abc ", "a\tbc", "a\u0000bc", "abc\ud800", "a\u200bbc", "a@irc"})
    void namesThatDoNotPrintOrMeanSomethingElseAreRefused(String name) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> Username.of(name))
                .matches(refused -> "username".equals(refused.rejection().field()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a;b", "a%b", "a\\b", "../..", "a?b#c", "\"'<&>"})
    void punctuationIsKept(String name) {
        assertThat(Username.of(name).text()).isEqualTo(name);
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
