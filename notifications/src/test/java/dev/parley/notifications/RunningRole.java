package dev.parley.notifications;

import dev.parley.messages.Fact;
import dev.parley.messages.serialization.ParleySerializer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/// The notifications role as the application runs it, over a given database and event store.
public final class RunningRole implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningRole(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningRole start(DataSource database, EventStorageEngine events, Map<String, Object> settings) {
        return start(database, events, settings, beans -> {});
    }

    /// @param events null for those of the Axon Server that the settings name
    /// @param more adds or changes beans
    public static RunningRole start(
            DataSource database,
            @Nullable EventStorageEngine events,
            Map<String, Object> settings,
            Consumer<GenericApplicationContext> more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "axon.axonserver.enabled", Boolean.toString(events == null),
                "axon.update-check.disabled", "true",
                "parley.notifications.late-after", "1500ms",
                "parley.notifications.outbox.poll", "200ms",
                "parley.notifications.outbox.retry.first", "50ms",
                "spring.flyway.enabled", "false"));
        properties.putAll(settings);
        return new RunningRole(new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean(
                            DataSource.class, () -> database, definition -> definition.setDestroyMethodName(""));
                    if (events != null) {
                        beans.registerBean(EventStorageEngine.class, () -> events);
                    }
                    more.accept(beans);
                })
                .run());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(NotificationsConfiguration.class)
    static class Application {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        @Primary
        Serializer serializer() {
            return ParleySerializer.create();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
            return new SpringTransactionManager(transactions);
        }

        @Bean
        StandInGateway standInGateway() {
            return new StandInGateway();
        }

        @Bean
        TokenStore tokenStore(DataSource database, Serializer serializer) {
            new JdbcTemplate(database).execute("create schema if not exists axon");
            TokenSchema schema =
                    TokenSchema.builder().setTokenTable("axon.token_entry").build();
            ConnectionProvider connections =
                    new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(database));
            JdbcTokenStore store = JdbcTokenStore.builder()
                    .connectionProvider(connections)
                    .serializer(serializer)
                    .schema(schema)
                    .build();
            store.createSchema(PostgresTokenTableFactory.INSTANCE);
            return store;
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    StandInGateway gateway() {
        return bean(StandInGateway.class);
    }

    public JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    /// Stores a fact.
    ///
    /// @return the fact's position
    long publish(String aggregate, Fact fact) {
        bean(EventStore.class).publish(new GenericDomainEventMessage<>("Test", aggregate, sequence++, fact));
        return bean(EventStore.class).createHeadToken().position().orElseThrow();
    }

    /// The sequence number of the last fact that was stored.
    static long lastSequence() {
        return sequence - 1;
    }

    private static long sequence;

    /// Reads everything again, from the first event.
    void replay(String... processors) {
        for (String name : processors) {
            var processor = bean(EventProcessingConfiguration.class)
                    .eventProcessor(name, PooledStreamingEventProcessor.class)
                    .orElseThrow();
            processor.shutDown();
            processor.resetTokens(source -> source.createTailToken());
            processor.start();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
