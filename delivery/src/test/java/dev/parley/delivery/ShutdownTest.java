package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.DeliveryProperties.Shutdown;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShutdownTest {

    @ParameterizedTest
    @CsvSource({"0,5", "200,5", "5000,5", "20000,20", "500000,60"})
    void spreadGrowsWithTheSocketsWithinItsBounds(int sockets, int seconds) {
        Shutdown times = new Shutdown(
                Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(60), 1_000, Duration.ofSeconds(5));
        assertThat(times.spread(sockets)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
