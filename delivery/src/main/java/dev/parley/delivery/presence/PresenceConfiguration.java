package dev.parley.delivery.presence;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.DeliverySchema;
import dev.parley.delivery.signal.NodeId;
import dev.parley.delivery.signal.SignalConfiguration;
import dev.parley.delivery.signal.SignalListener;
import dev.parley.delivery.signal.SignalNotifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Claims of devices and presence. Whoever imports this has [HeldDevices], an [Audience] and a
/// [dev.parley.delivery.signal.SignalHandler].
@Configuration(proxyBeanMethods = false)
@Import({SignalConfiguration.class, PresenceController.class})
public class PresenceConfiguration {

    @Bean
    ClaimStore deliveryClaimStore(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            SignalNotifier notifier,
            NodeId self,
            DeliverySchema schema) {
        return new PostgresClaimStore(jdbc, new TransactionTemplate(transactions), notifier, self);
    }

    @Bean
    PresenceStore deliveryPresenceStore(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            SignalNotifier notifier,
            DeliveryProperties limits,
            DeliverySchema schema) {
        return new PostgresPresenceStore(jdbc, new TransactionTemplate(transactions), notifier, limits.presence());
    }

    @Bean
    NodePulse deliveryPulse(NodeId self, DeliveryProperties limits, JdbcClient jdbc, DeliverySchema schema) {
        return new NodePulse(self, limits.presence(), jdbc);
    }

    @Bean
    ClaimReleases deliveryClaimReleases(ClaimStore store, DeliveryProperties limits, MeterRegistry meters) {
        return new ClaimReleases(store, limits.presence().grace(), meters);
    }

    @Bean
    ClaimCheck deliveryClaimCheck(
            ClaimStore store,
            ClaimReleases releases,
            HeldDevices held,
            ExecutorService deliveryExecutor,
            MeterRegistry meters) {
        return new ClaimCheck(store, releases, held, deliveryExecutor, meters);
    }

    @Bean
    DeviceClaims deliveryClaims(
            ClaimBatches batches,
            ClaimReleases releases,
            ClaimCheck check,
            HeldDevices held,
            DeliveryProperties limits) {
        return new DeviceClaims(
                batches, releases, check, held, limits.presence().patience());
    }

    @Bean
    ClaimBatches deliveryClaimBatches(ClaimStore store, ClaimReleases releases, ExecutorService deliveryExecutor) {
        return new ClaimBatches(store, releases, deliveryExecutor);
    }

    @Bean
    PresenceFanout deliveryPresenceFanout(
            PresenceStore store,
            Audience audience,
            ExecutorService deliveryExecutor,
            DeliveryProperties limits,
            MeterRegistry meters) {
        return new PresenceFanout(
                store, audience, deliveryExecutor, limits.presence().queue(), meters);
    }

    @Bean
    PresenceSignals deliveryPresenceSignals(DeviceClaims claims, PresenceFanout fanout) {
        return new PresenceSignals(claims, fanout);
    }

    @Bean(destroyMethod = "close")
    Presence deliveryPresence(
            ClaimReleases releases, ClaimCheck check, NodePulse pulse, PresenceStore store, DeliveryProperties limits) {
        return new Presence(releases, check, pulse, store, limits.presence());
    }

    @Bean
    PresenceLifecycle deliveryPresenceLifecycle(
            SignalListener listener, Presence presence, ClaimReleases releases, NodePulse pulse) {
        return new PresenceLifecycle(listener, presence, releases, pulse);
    }
}
