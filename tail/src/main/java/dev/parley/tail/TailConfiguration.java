package dev.parley.tail;

import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The tail of this process; whoever needs it imports this. It needs an `EventStore` and a `MeterRegistry`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TailProperties.class)
public class TailConfiguration {

    @Bean
    StoreReader storeReader(EventStore store) {
        return new StoreReader(store);
    }

    @Bean
    LiveTail liveTail(StoreReader reader, ObjectProvider<Follower> followers, MeterRegistry meters) {
        return new LiveTail(reader, followers.orderedStream().toList(), meters);
    }

    @Bean
    ReadBarrier readBarrier(StoreReader reader, LiveTail tail, TailProperties properties, MeterRegistry meters) {
        return new ReadBarrier(reader, tail, properties.patience(), meters);
    }
}
