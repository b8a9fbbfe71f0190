package dev.parley.benchmarks;

import dev.parley.command.CommandSideConfiguration;
import dev.parley.command.aggregate.AggregateCache;
import dev.parley.command.dispatch.RejectionsKeepState;
import dev.parley.messages.serialization.ParleySerializer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/// A command side of this JVM, wired as the application wires it, without its HTTP interface. Commands are handled
/// here, whatever other nodes there are.
final class CommandSideUnderLoad implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final ConfigurableApplicationContext context;

    private CommandSideUnderLoad(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /// @param node as `host:port`
    static CommandSideUnderLoad start(String node, Database database) {
        return new CommandSideUnderLoad(new SpringApplicationBuilder(Assembly.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + database.user(),
                        "spring.datasource.password=" + database.password(),
                        "spring.flyway.enabled=false",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn",
                        "axon.axonserver.servers=" + node,
                        "axon.axonserver.client-id=" + UUID.randomUUID(),
                        "axon.axonserver.commit-timeout=4000",
                        "axon.timeout.enabled=false",
                        "axon.update-check.disabled=true")
                .run());
    }

    /// @return how long it took until the answer came
    /// @throws IllegalStateException if it was refused
    long nanosFor(Object command) {
        CommandBus bus = context.getBean("localCommandBus", CommandBus.class);
        FutureCallback<Object, Object> answer = new FutureCallback<>();
        long start = System.nanoTime();
        bus.dispatch(GenericCommandMessage.asCommandMessage(command), answer);
        CommandResultMessage<?> result = answer.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long nanos = System.nanoTime() - start;
        if (result.isExceptional()) {
            throw new IllegalStateException(result.exceptionResult());
        }
        return nanos;
    }

    /// As after a restart, or as if many other conversations had been busy.
    void forget() {
        context.getBean("aggregateCache", AggregateCache.class).removeAll();
    }

    /// Begins to take one, in the background.
    void takeSnapshot(Class<?> aggregate, String id) {
        context.getBean(Snapshotter.class).scheduleSnapshot(aggregate, id);
    }

    @Override
    public void close() {
        context.close();
    }

    /// @param url of JDBC
    record Database(String url, String user, String password) {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(CommandSideConfiguration.class)
    static class Assembly {

        @Bean
        @Primary
        Serializer serializer() {
            return ParleySerializer.create();
        }

        @Bean
        @Qualifier("messageSerializer")
        Serializer messageSerializer(Serializer serializer) {
            return serializer;
        }

        @Bean
        @Qualifier("eventSerializer")
        Serializer eventSerializer(Serializer serializer) {
            return serializer;
        }

        @Bean
        @Qualifier("localSegment")
        CommandBus localCommandBus() {
            return SimpleCommandBus.builder()
                    .transactionManager(NoTransactionManager.INSTANCE)
                    .rollbackConfiguration(new RejectionsKeepState())
                    .build();
        }

        @Bean
        TokenStore tokenStore() {
            return new InMemoryTokenStore();
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
