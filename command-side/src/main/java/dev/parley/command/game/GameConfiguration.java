package dev.parley.command.game;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The processor of [SeatPolicy].
@Configuration(proxyBeanMethods = false)
class GameConfiguration {

    /// The most events that a token's step, and so a repetition after a failure, takes in.
    private static final int BATCH = 20;

    /// It begins at the store's tail: a seat that was taken before its first start is not lost, and the
    /// facts on the way are only streamed by.
    @Bean
    ConfigurerModule gameSeatsProcessor() {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerPooledStreamingEventProcessor(
                        SeatPolicy.NAME,
                        org.axonframework.config.Configuration::eventStore,
                        (configuration, processor) -> processor
                                .initialSegmentCount(1)
                                .batchSize(BATCH)
                                .initialToken(StreamableMessageSource::createTailToken))
                .registerListenerInvocationErrorHandler(
                        SeatPolicy.NAME, configuration -> PropagatingErrorHandler.instance()));
    }
}
