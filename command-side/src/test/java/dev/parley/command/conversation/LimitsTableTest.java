package dev.parley.command.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.CommandSideProperties.Limits;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// The documented tables of limits.
class LimitsTableTest {

    private static final Path README = Path.of("README.md");

    @Test
    void thatOfConversationsNamesEveryLimitAndItsDefault() {
        Map<String, String> documented = settings(DocumentedTable.under("Limits"));
        assertThat(Fixtures.limits(documented)).isEqualTo(Fixtures.LIMITS);
        assertThat(names(documented)).containsExactlyInAnyOrderElementsOf(names(ConversationLimits.class));
    }

    @Test
    void thatOfTheModuleNamesAllOthersAndTheirDefaults() {
        Map<String, String> documented = settings(DocumentedTable.under(README, "Limits"));
        assertThat(limits(documented)).isEqualTo(limits(Map.of()));
        List<ConfigurationPropertyName> others = new ArrayList<>(names(Limits.class));
        others.remove(ConfigurationPropertyName.of("limits.conversation"));
        assertThat(names(documented)).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void aLimitHasBoundsItself() {
        assertThat(faults(Map.of())).isEmpty();
        for (String bad : List.of(
                "body=2MB",
                "body=0B",
                "reaction=2KB",
                "members=1",
                "members=20001",
                "title=0",
                "reaction-text-kept=513KB")) {
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

    private static Limits limits(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("limits", Limits.class);
    }

    private static Map<String, String> settings(DocumentedTable table) {
        Map<String, String> settings = new HashMap<>();
        for (List<String> row : table.rows()) {
            settings.put("limits." + bare(row.get(0)), bare(row.get(1)));
        }
        return settings;
    }

    private static List<ConfigurationPropertyName> names(Map<String, String> settings) {
        return settings.keySet().stream().map(ConfigurationPropertyName::of).toList();
    }

    private static List<ConfigurationPropertyName> names(Class<? extends Record> limits) {
        return Stream.of(limits.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> ConfigurationPropertyName.adapt("limits." + kebab(name), '.'))
                .toList();
    }

    private static String bare(String code) {
        return code.replace("`", "");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
