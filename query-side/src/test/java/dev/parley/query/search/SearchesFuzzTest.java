package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchesFuzzTest {

    private static final AccountId ME = new AccountId(new UUID(0, 1));
    private static final List<String> PIECES = List.of(
            "a",
            "Word",
            " ",
            " ",
            " ",
            "\"",
            "“",
            "(",
            ")",
            "-",
            "--",
            "OR",
            " OR ",
            ":",
            "：",
            "from:",
            "to:",
            "in:",
            "on:",
            "before:",
            "after:",
            "has:",
            "mentions:",
            "me",
            "today",
            "2026-01",
            "2026-99-99",
            "link",
            "qwen3.6",
            "世界",
            "ソフト",
            "กรุงเทพ",
            "é",
            "e\u0301",
            "👋🏽",
            "\ud83d",
            "\udc4b",
            "\u0000",
            "\u0001",
            "\u3000",
            "'",
            "’",
            "\u200d",
            "ﷺ",
            "İ",
            "ß",
            "http://x.y/z",
            "*",
            "?",
            "~",
            "\\",
            "/",
            "@",
            "#",
            ".",
            "_",
            "\u0301",
            "한국어");

    private final Searches searches = new Searches(
            asker -> InMemoryDirectory.of(ME, PIECES),
            Clock.fixed(Instant.parse("2026-03-09T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void whateverIsTypedIsUnderstoodOrRefusedWithAPositionInIt() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int understood = 0;
        for (int run = 0; run < 100_000; run++) {
            String q = random.nextInt(3) == 0 ? anything(random) : pieces(random);
            understood += understand(q, "seed %d, run %d, query %s".formatted(seed, run, q));
        }
        assertThat(understood).as("of 100,000, seed %d", seed).isBetween(10_000, 99_000);
    }

    @Test
    void theLongestAndTheDeepestTakeNoTime() {
        for (String piece : PIECES) {
            String q = piece.repeat(Math.max(1, 500 / piece.length()));
            assertTimeout(Duration.ofSeconds(5), () -> understand(q, q));
        }
    }

    private int understand(String q, String what) {
        try {
            Searches.Compiled compiled =
                    searches.compile(q, new Searches.Asker(ME, Searches.Reach.OWN, ZoneOffset.UTC));
            String body = q + " " + q.toUpperCase(java.util.Locale.ROOT) + " some word";
            String shown = compiled.marks().in(body).stream().map(Part::text).reduce("", String::concat);
            assertThat(body).as(what).contains(shown);
            return 1;
        } catch (RejectedException refused) {
            assertThat(refused.rejection().code()).as(what).isEqualTo(RejectionCode.INVALID);
            assertThat(refused.rejection().field()).as(what).isEqualTo("q");
            if (!q.isBlank()) {
                assertThat(refused.rejection().position()).as(what).isBetween(0, q.length() - 1);
            }
            return 0;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError(what, failure);
        }
    }

    private static String pieces(Random random) {
        StringBuilder q = new StringBuilder();
        int length = random.nextInt(random.nextInt(20) == 0 ? 120 : 12);
        for (int i = 0; i < length; i++) {
            q.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return q.toString();
    }

    private static String anything(Random random) {
        char[] q = new char[random.nextInt(40)];
        for (int i = 0; i < q.length; i++) {
            q[i] = (char) (random.nextBoolean() ? 32 + random.nextInt(95) : random.nextInt(65_536));
        }
        return new String(q);
    }
}
