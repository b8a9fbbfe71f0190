package dev.parley.notifications.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.server.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every reason of Apple's table, as `docs/push-providers.md` has it.
class ApnsVerdictTest {

    private static final Path DOCS = Path.of("..", "docs", "push-providers.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\d{3}) \\| ([a-z ]+) \\|.*");

    @ParameterizedTest
    @EnumSource(RejectionReason.class)
    void everyReasonThatPushyKnowsIsInTheTable(RejectionReason reason) throws IOException {
        assertThat(documented()).containsKey(Verdicts.text(reason));
    }

    @Test
    void theTableIsWhatHappens() throws IOException {
        var table = documented();
        assertThat(table).hasSizeGreaterThan(30);
        table.forEach((reason, row) -> assertThat(Verdicts.word(ApnsVerdict.of(row.status(), reason, null, false)))
                .as(reason)
                .isEqualTo(row.verdict()));
    }

    @Test
    void aTopicOfTheDevicesOwnIsNoMatterOfTheConfiguration() {
        assertThat(ApnsVerdict.of(400, "TopicDisallowed", null, true))
                .isEqualTo(new PushResult.Refused("TopicDisallowed"));
        assertThat(ApnsVerdict.of(400, "TopicDisallowed", null, false))
                .isEqualTo(new PushResult.Misconfigured("TopicDisallowed"));
    }

    @Test
    void whatIsNewerThanTheTableIsReadByItsStatus() {
        Instant since = Instant.parse("2026-01-02T03:04:05Z");
        assertThat(ApnsVerdict.of(410, "Moved", since, false)).isEqualTo(new PushResult.TokenGone("Moved", since));
        assertThat(ApnsVerdict.of(429, "Slower", null, false)).isEqualTo(new PushResult.Later("Slower", null));
        assertThat(ApnsVerdict.of(403, "NotYou", null, false)).isEqualTo(new PushResult.Misconfigured("NotYou"));
        assertThat(ApnsVerdict.of(502, "status-502", null, false))
                .isEqualTo(new PushResult.Unavailable("status-502", null));
        assertThat(ApnsVerdict.of(400, "BadTaste", null, false)).isEqualTo(new PushResult.Refused("BadTaste"));
    }

    private record Row(int status, String verdict) {}

    private static TreeMap<String, Row> documented() throws IOException {
        TreeMap<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(DOCS)) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), new Row(Integer.parseInt(row.group(2)), row.group(3)));
            }
        }
        return rows;
    }
}
