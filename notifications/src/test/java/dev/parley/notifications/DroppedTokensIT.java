package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.query.DroppedTokens;
import dev.parley.messages.query.FindDroppedTokens;
import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;

/// Gateways ask over the query bus.
class DroppedTokensIT {

    @Test
    void theRoleTellsGatewaysWhichTokensWereDropped() {
        AccountId ann = new AccountId(UUID.randomUUID());
        AccountId bob = new AccountId(UUID.randomUUID());
        AccountId carl = new AccountId(UUID.randomUUID());
        try (HikariDataSource database = TestDatabase.create();
                RunningRole role = RunningRole.start(database, new InMemoryEventStorageEngine(), Map.of())) {
            DeviceStore devices = role.bean(DeviceStore.class);
            for (AccountId account : List.of(ann, bob, carl)) {
                register(devices, account, "phone");
                register(devices, account, "tablet");
            }
            devices.dropToken(Platform.FCM, ann + "phone", "UNREGISTERED", null);
            devices.dropToken(Platform.FCM, carl + "phone", "UNREGISTERED", null);

            assertThat(ask(role, Set.of(ann, bob))).singleElement().satisfies(dropped -> {
                assertThat(dropped.account()).isEqualTo(ann);
                assertThat(dropped.device()).isEqualTo("phone");
                assertThat(dropped.reason()).isEqualTo("UNREGISTERED");
            });
            register(devices, ann, "phone");
            assertThat(ask(role, Set.of(ann, bob))).isEmpty();
            assertThat(ask(role, Set.of())).isEmpty();
        }
    }

    private static List<DroppedTokens.Dropped> ask(RunningRole role, Set<AccountId> accounts) {
        return role.bean(QueryGateway.class)
                .query(new FindDroppedTokens(accounts), DroppedTokens.class)
                .join()
                .dropped();
    }

    private static void register(DeviceStore devices, AccountId account, String device) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        devices.register(account, device, new PushTarget(Platform.FCM, account + device, null, null, now), null);
    }
}
