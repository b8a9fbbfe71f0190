package dev.parley.command.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/// The documented table of limits.
class LimitsTableTest {

    private final DocumentedTable table = DocumentedTable.under("Limits");

    @Test
    void itNamesEveryLimitAndItsDefault() {
        Map<String, String> documented = new HashMap<>();
        for (List<String> row : table.rows()) {
            documented.put("limits." + bare(row.get(0)), bare(row.get(1)));
        }
        assertThat(Fixtures.limits(documented)).isEqualTo(Fixtures.LIMITS);
        assertThat(documented.keySet().stream().map(ConfigurationPropertyName::of))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ConversationLimits.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> ConfigurationPropertyName.adapt("limits." + kebab(name), '.'))
                        .toList());
    }

    private static String bare(String code) {
        return code.replace("`", "");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
