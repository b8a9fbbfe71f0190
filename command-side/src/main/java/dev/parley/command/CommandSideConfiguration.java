package dev.parley.command;

import dev.parley.command.account.Passwords;
import dev.parley.command.dispatch.AbsentAggregates;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenAnswer;
import dev.parley.command.limit.ChangeLimits;
import dev.parley.command.limit.ChangeRates;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/// The whole of the command side: import this where the role is on.
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(CommandSideProperties.class)
public class CommandSideConfiguration {

    private static final String SCHEMA = "command_side";
    private static final String ACCOUNT_ROLES = "account-roles";
    private static final int BATCH = 500;

    /// What reads or writes the tables depends on this bean.
    @Bean
    MigrateResult commandSideSchema(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .locations("classpath:db/" + SCHEMA)
                .load()
                .migrate();
    }

    @Bean
    Commands commands(CommandGateway gateway) {
        return new Commands(gateway);
    }

    @Bean
    WrittenAnswer writtenAnswer(EventStore eventStore) {
        return new WrittenAnswer(eventStore);
    }

    @Bean
    Passwords passwords(CommandSideProperties properties, MeterRegistry meters) {
        return new Passwords(properties.passwordStrength(), meters);
    }

    @Autowired
    void interceptCommands(CommandBus commandBus, ChangeLimits changes) {
        var _ = commandBus.registerHandlerInterceptor(new AbsentAggregates());
        var _ = commandBus.registerHandlerInterceptor(new ChangeRates(changes));
    }

    @Bean
    ConfigurerModule accountRolesProcessor() {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerPooledStreamingEventProcessor(
                        ACCOUNT_ROLES,
                        Configuration::eventStore,
                        (configuration, processor) -> processor
                                .initialSegmentCount(1)
                                .batchSize(BATCH)
                                .initialToken(StreamableMessageSource::createTailToken))
                .registerListenerInvocationErrorHandler(
                        ACCOUNT_ROLES, configuration -> PropagatingErrorHandler.instance()));
    }
}
