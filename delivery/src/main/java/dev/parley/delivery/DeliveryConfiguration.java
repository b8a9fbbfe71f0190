package dev.parley.delivery;

import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.cursor.PostgresCursorStore;
import dev.parley.delivery.deletion.DeletionStore;
import dev.parley.delivery.deletion.PostgresDeletionStore;
import dev.parley.delivery.gateway.GatewayConfiguration;
import dev.parley.delivery.membership.MembershipBarrier;
import dev.parley.delivery.membership.MembershipProjection;
import dev.parley.delivery.membership.MembershipStore;
import dev.parley.delivery.membership.PostgresMembershipStore;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The role `delivery`: everything of this module.
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
@Import(GatewayConfiguration.class)
public class DeliveryConfiguration {

    private static final int BATCH = 500;

    @Bean
    DeliverySchema deliverySchema(DataSource dataSource) {
        return new DeliverySchema(dataSource);
    }

    @Bean
    MembershipStore deliveryMembershipStore(JdbcClient jdbc, DeliverySchema schema) {
        return new PostgresMembershipStore(jdbc);
    }

    @Bean
    MembershipBarrier deliveryMembershipBarrier(MembershipStore memberships, DeliveryProperties limits) {
        return new MembershipBarrier(memberships, limits.presence().readWait());
    }

    @Bean
    DeletionStore deliveryDeletionStore(JdbcClient jdbc, MembershipStore memberships) {
        return new PostgresDeletionStore(jdbc, memberships::position);
    }

    @Bean
    MembershipProjection deliveryMembershipProjection(MembershipStore store, DeletionStore deletions) {
        return new MembershipProjection(store, deletions);
    }

    /// From the log's beginning; what fails is tried again with the events behind it waiting.
    @Bean
    ConfigurerModule deliveryMembershipProcessor() {
        return configurer -> configurer
                .eventProcessing()
                .registerPooledStreamingEventProcessor(
                        MembershipProjection.NAME,
                        Configuration::eventStore,
                        (configuration, builder) -> builder.initialToken(StreamableMessageSource::createTailToken)
                                .initialSegmentCount(1)
                                .batchSize(BATCH))
                .registerListenerInvocationErrorHandler(
                        MembershipProjection.NAME, configuration -> PropagatingErrorHandler.instance());
    }

    @Bean
    CursorKeeper deliveryCursors(JdbcClient jdbc, DeliverySchema schema, MeterRegistry meters) {
        return new CursorKeeper(new PostgresCursorStore(jdbc), meters);
    }
}
