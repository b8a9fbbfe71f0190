package dev.parley.axonserver;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// Runs the node inside an application that imports this. It listens as soon as the bean is made, which is before
/// lifecycle beans such as Axon's connection start, and closes after they have stopped.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AxonServerNodeProperties.class)
public class AxonServerNodeConfiguration {

    @Bean(destroyMethod = "close")
    @Lazy(false)
    AxonServerNode axonServerNode(
            AxonServerNodeProperties properties, DataSource dataSource, ObjectProvider<MeterRegistry> registries) {
        return AxonServerNode.start(properties, dataSource, registries.getIfAvailable(CompositeMeterRegistry::new));
    }
}
