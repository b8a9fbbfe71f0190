package dev.parley.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventScheduler;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.scheduling.ScheduleToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;

/// Axon Framework itself on the node: an aggregate, an event processor and a query, on an empty store first.
class NodeFrameworkIT {

    record Open(@TargetAggregateIdentifier String id) {}

    record Deposit(@TargetAggregateIdentifier String id, int amount) {}

    record Opened(String id) {}

    record Deposited(String id, int amount) {}

    record FindSeen(String id) {}

    static final class Account {
        @AggregateIdentifier
        private String id;

        private int balance;

        Account() {}

        @CommandHandler
        Account(Open command) {
            AggregateLifecycle.apply(new Opened(command.id()));
        }

        @CommandHandler
        int deposit(Deposit command) {
            if (command.amount() <= 0) {
                throw new CommandExecutionException("Nothing to deposit", null, "details");
            }
            AggregateLifecycle.apply(new Deposited(command.id(), command.amount()));
            return balance;
        }

        @EventSourcingHandler
        void on(Opened event) {
            id = event.id();
        }

        @EventSourcingHandler
        void on(Deposited event) {
            balance += event.amount();
        }
    }

    static final class Projection {
        private final List<Integer> amounts = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(Deposited event) {
            amounts.add(event.amount());
        }

        @QueryHandler
        Integer seen(FindSeen query) {
            return amounts.size();
        }
    }

    private static Configuration application(TestNode node, Projection projection) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureSerializer(c -> Jackson3Serializer.builder().build())
                .registerComponent(
                        AxonServerConfiguration.class,
                        c -> AxonServerConfiguration.builder()
                                .servers("127.0.0.1:" + node.port())
                                .componentName("framework")
                                .build())
                .registerComponent(TokenStore.class, c -> new InMemoryTokenStore())
                .configureAggregate(Account.class)
                .registerQueryHandler(c -> projection);
        configurer.eventProcessing().usingPooledStreamingEventProcessors();
        configurer.eventProcessing().registerEventHandler(c -> projection);
        return configurer.start();
    }

    /// What a command's sender sees that somebody else was faster than. The product tells conflicts by this text.
    @Test
    void conflictReachesTheSenderWithItsCode() {
        try (TestNode node = TestNode.onEmptyStore()) {
            Configuration application = application(node, new Projection());
            try {
                application.commandGateway().sendAndWait(new Open("a"));
                assertThatThrownBy(() -> application.commandGateway().sendAndWait(new Open("a")))
                        .isInstanceOf(CommandExecutionException.class)
                        .hasMessageContaining("OUT_OF_RANGE: [AXONIQ-2000] Invalid sequence number 0")
                        .hasMessageContaining("expected 1");
            } finally {
                application.shutdown();
            }
        }
    }

    @Test
    void scheduledEventsReachProcessors() {
        Projection projection = new Projection();
        try (TestNode node = TestNode.onEmptyStore()) {
            Configuration application = application(node, projection);
            AxonServerEventScheduler scheduler = AxonServerEventScheduler.builder()
                    .connectionManager(application.getComponent(AxonServerConnectionManager.class))
                    .eventSerializer(application.eventSerializer())
                    .build();
            scheduler.start();
            try {
                scheduler.schedule(Duration.ofMillis(200), new Deposited("a", 2));
                ScheduleToken dropped = scheduler.schedule(Duration.ofMillis(100), new Deposited("a", 3));
                ScheduleToken moved = scheduler.schedule(Duration.ofHours(1), new Deposited("a", 4));
                scheduler.cancelSchedule(dropped);
                scheduler.reschedule(moved, Duration.ofMillis(300), new Deposited("a", 5));
                Awaitility.await()
                        .untilAsserted(() -> assertThat(projection.amounts).containsExactly(2, 5));
            } finally {
                application.shutdown();
            }
        }
    }

    @Test
    void commandsEventsAndQueriesGoThroughTheNode() {
        Projection projection = new Projection();
        try (TestNode node = TestNode.onEmptyStore()) {
            Configuration application = application(node, projection);
            try {
                assertThat(application.eventStore().createHeadToken()).isNull();
                assertThat(application.eventStore().createTailToken()).isNull();
                application.commandGateway().sendAndWait(new Open("a"));
                application.commandGateway().sendAndWait(new Deposit("a", 5));
                int balance = application.commandGateway().sendAndWait(new Deposit("a", 7));
                assertThat(balance).isEqualTo(12);
                assertThatThrownBy(() -> application.commandGateway().sendAndWait(new Deposit("a", 0)))
                        .isInstanceOf(CommandExecutionException.class)
                        .hasMessageContaining("Nothing to deposit");
                Awaitility.await()
                        .untilAsserted(() -> assertThat(projection.amounts).containsExactly(5, 7));
                Integer seen = application
                        .queryGateway()
                        .query(new FindSeen("a"), Integer.class)
                        .join();
                assertThat(seen).isEqualTo(2);
            } finally {
                application.shutdown();
            }
        }
    }
}
