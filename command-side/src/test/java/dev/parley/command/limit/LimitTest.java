package dev.parley.command.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.CommandSideProperties.Limits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitTest {

    @Test
    void isWrittenAsHowManyInHowLong() {
        assertThat(Limit.valueOf("10/5m")).isEqualTo(new Limit(10, Duration.ofMinutes(5)));
        assertThat(Limit.valueOf("3 / 1h")).isEqualTo(new Limit(3, Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0/1m", "-1/1m", "10/0s", "many/1m", "10/soon", "/"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.valueOf(text));
    }

    @Test
    void isReadFromTheConfiguration() {
        assertThat(limits(Map.of()))
                .isEqualTo(new Limits(
                        limits(Map.of()).conversation(),
                        new Limit(10, Duration.ofMinutes(5)),
                        new Limit(100, Duration.ofMinutes(1)),
                        new Limit(300, Duration.ofMinutes(1)),
                        new Limit(500, Duration.ofSeconds(5)),
                        new Limit(2_500, Duration.ofSeconds(5)),
                        new Limit(2_500, Duration.ofSeconds(5)),
                        100,
                        new Limit(100, Duration.ofSeconds(5))));
        assertThat(limits(Map.of("parley.command-side.limits.registrations-per-address", "7/2s"))
                        .registrationsPerAddress())
                .isEqualTo(new Limit(7, Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::1, 20010db800010002/64",
        "2001:db8:1:3::1, 20010db800010003/64",
        "fe80::1%eth0, fe80000000000000/64",
        "somewhere, somewhere"
    })
    void anAddressOfVersion6CountsAsItsNetwork(String address, String key) {
        assertThat(AddressKey.of(address)).isEqualTo(key);
    }

    private static Limits limits(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("parley.command-side", CommandSideProperties.class)
                .limits();
    }
}
