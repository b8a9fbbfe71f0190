package dev.parley.axonserver;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/// An application of Axon Framework with one pooled streaming processor, which keeps what it handled.
final class FrameworkProcessor implements AutoCloseable {

    private final List<String> handled = new ArrayList<>();
    private final Configuration application;

    FrameworkProcessor(int port) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureSerializer(c -> Jackson3Serializer.builder().build())
                .registerComponent(
                        AxonServerConfiguration.class,
                        c -> AxonServerConfiguration.builder()
                                .servers("127.0.0.1:" + port)
                                .componentName("framework")
                                .build())
                .registerComponent(TokenStore.class, c -> new InMemoryTokenStore());
        configurer.eventProcessing().usingPooledStreamingEventProcessors();
        configurer
                .eventProcessing()
                .registerPooledStreamingEventProcessorConfiguration(
                        (c, processor) -> processor.initialSegmentCount(1).batchSize(100));
        configurer.eventProcessing().registerEventHandler(c -> this);
        application = configurer.start();
    }

    @EventHandler
    synchronized void on(AppendLoad.Happened payload, EventMessage<?> event) {
        handled.add(event.getIdentifier());
    }

    synchronized List<String> handled() {
        return List.copyOf(handled);
    }

    @Override
    public void close() {
        application.shutdown();
    }
}
