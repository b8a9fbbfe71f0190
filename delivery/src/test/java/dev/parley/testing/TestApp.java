package dev.parley.testing;

import dev.parley.delivery.DeliveryConfiguration;
import dev.parley.messages.serialization.ParleySerializer;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/// The gateway with what the app provides: the event store is in memory and the command side a stand-in, all else is
/// real.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({DeliveryConfiguration.class, CommandSideStandIn.class, MemberSideStandIn.class})
public class TestApp {

    @Bean
    @Primary
    Serializer parleySerializer() {
        return ParleySerializer.create();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    io.micrometer.core.instrument.MeterRegistry meters() {
        return new io.micrometer.core.instrument.simple.SimpleMeterRegistry();
    }

    @Bean
    EventStorageEngine eventStorageEngine() {
        return new InMemoryEventStorageEngine();
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactionManager) {
        return new SpringTransactionManager(transactionManager);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer, DataSource dataSource) {
        new JdbcTemplate(dataSource).execute("""
                create schema if not exists axon;
                drop table if exists axon.token_entry;
                create table axon.token_entry (processorname varchar(255) not null, segment integer not null,
                    token bytea, tokentype varchar(255), timestamp varchar(255), owner varchar(255),
                    primary key (processorname, segment));
                drop schema if exists delivery cascade""");
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .schema(TokenSchema.builder().setTokenTable("axon.token_entry").build())
                .serializer(serializer)
                .build();
    }

    /// The store is made new for each context before the schema is migrated.
    @Bean
    static org.springframework.beans.factory.config.BeanFactoryPostProcessor schemaAfterReset() {
        return factory -> factory.getBeanDefinition("deliverySchema").setDependsOn("tokenStore");
    }
}
