package dev.parley.command.aggregate;

import dev.parley.command.CommandSideProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.List;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The beans that `@Aggregate` names, and the snapshotter.
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class AggregateConfiguration {

    @Bean
    AggregateCache aggregateCache(CommandSideProperties properties, MeterRegistry meters) {
        return watched(new AggregateCache(properties.cachedAggregates()), "parley.command-side.aggregates", meters);
    }

    /// Beside the other, because there are many more members than conversations: they would push them out.
    @Bean
    AggregateCache memberCache(CommandSideProperties properties, MeterRegistry meters) {
        return watched(new AggregateCache(properties.cachedMembers()), "parley.command-side.members", meters);
    }

    private static AggregateCache watched(AggregateCache cache, String name, MeterRegistry meters) {
        CaffeineCacheMetrics.monitor(meters, cache.entries(), name, List.of());
        return cache;
    }

    @Bean
    SnapshotThread snapshotThread() {
        return new SnapshotThread();
    }

    @Bean
    Snapshotter aggregateSnapshotter(
            Configuration configuration,
            EventStore eventStore,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers,
            SnapshotThread thread) {
        return SpringAggregateSnapshotter.builder()
                .repositoryProvider(configuration::repository)
                .eventStore(eventStore)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .executor(thread.executor())
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
    }

    @Bean
    @Primary
    Snapshotter boundedSnapshotter(@Qualifier("aggregateSnapshotter") Snapshotter snapshotter, MeterRegistry meters) {
        return new BoundedSnapshotter(snapshotter, meters.counter("parley.command-side.snapshots.skipped"));
    }

    @Bean
    SnapshotTriggerDefinition conversationSnapshots(Snapshotter snapshotter, CommandSideProperties properties) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, properties.snapshotEvery());
    }

    @Bean
    SnapshotTriggerDefinition memberSnapshots(Snapshotter snapshotter, CommandSideProperties properties) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, properties.memberSnapshotEvery());
    }
}
