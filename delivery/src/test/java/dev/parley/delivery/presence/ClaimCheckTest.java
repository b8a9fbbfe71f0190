package dev.parley.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.messages.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimCheckTest {

    private final ScriptedClaims store = new ScriptedClaims();
    private final List<Runnable> tasks = new ArrayList<>();
    private final Held held = new Held();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ClaimCheck check =
            new ClaimCheck(store, new ClaimReleases(store, Duration.ZERO, meters), held, tasks::add, meters);

    private static final class Held implements HeldDevices {

        private final Map<String, Claim> claims = new TreeMap<>();
        private final List<Claim> closed = new ArrayList<>();

        @Override
        public List<Claim> held() {
            return List.copyOf(claims.values());
        }

        @Override
        public @Nullable Claim held(DeviceKey device) {
            return claims.get(device.device());
        }

        @Override
        public void replaced(Claim claim) {
            closed.add(claim);
        }
    }

    @Test
    void hintsThatComeTogetherAreOneQuestion() {
        for (int i = 0; i < 10; i++) {
            DeviceKey device = new DeviceKey(new AccountId(UUID.randomUUID()), "device-" + i);
            held.claims.put(device.device(), new Claim(device, 1, 0));
            store.newest.put(device, 2L);
            check.soon(device);
        }
        tasks.forEach(Runnable::run);
        assertThat(store.questions).isOne();
        assertThat(tasks).hasSize(1);
        assertThat(held.closed).containsExactlyInAnyOrderElementsOf(held.held());
    }
}
