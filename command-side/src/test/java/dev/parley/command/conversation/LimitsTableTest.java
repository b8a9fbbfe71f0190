package dev.parley.command.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    @Test
    void aLimitHasBoundsItself() {
        assertThat(faults(Map.of())).isEmpty();
        for (String bad : List.of("body=2MB", "body=0B", "reaction=2KB", "members=1", "members=20001", "title=0")) {
            String[] setting = bad.split("=", 2);
            assertThat(faults(Map.of("limits." + setting[0], setting[1])))
                    .as(bad)
                    .hasSize(1);
        }
    }

    private static Set<ConstraintViolation<ConversationLimits>> faults(Map<String, String> settings) {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            return validators.getValidator().validate(Fixtures.limits(settings));
        }
    }

    private static String bare(String code) {
        return code.replace("`", "");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
