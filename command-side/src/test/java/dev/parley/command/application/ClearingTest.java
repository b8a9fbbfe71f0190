package dev.parley.command.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClearingTest {

    @Test
    void isNotEnabledUnlessTheConfigurationSaysSo() {
        assertThat(bound(Map.of()).enabled()).isFalse();
        assertThat(bound(Map.of("parley.clear.enabled", "true")).enabled()).isTrue();
    }

    @Test
    void isForbiddenWhereItIsNotEnabled() {
        Clearing clearing = new Clearing(new ClearProperties(false), null, null, null);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(clearing::clear)
                .matches(refused -> refused.rejection().code() == RejectionCode.FORBIDDEN);
    }

    private static ClearProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("parley.clear", ClearProperties.class);
    }
}
