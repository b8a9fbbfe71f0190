package dev.parley.notifications.policy;

import dev.parley.notifications.NotificationsProperties;
import java.time.Clock;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.context.annotation.Bean;

/// Registers the two readers of the stream, one segment each: the order of positions is what [Decided] relies on.
///
/// `push` reads the whole store once, for membership and names, and decides on what comes after the head of its first
/// start. `push-late` starts at that head.
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class PushProcessors {

    static final String PUSH = "push";
    static final String PUSH_LATE = "push-late";
    private static final int BATCH = 500;

    @Bean
    ConfigurerModule pushProcessorsModule(Decided decided, NotificationsProperties properties, Clock clock) {
        return configurer -> configurer.eventProcessing(processing -> {
            register(processing, PUSH, Configuration::eventStore, source -> {
                decided.begin(head(source));
                return source.createTailToken();
            });
            register(
                    processing,
                    PUSH_LATE,
                    configuration -> new DelayedSource(
                            configuration.eventStore(), new Ripeness(properties.lateAfter(), clock, decided)),
                    source -> new GlobalSequenceTrackingToken(decided.begin(head(source))));
        });
    }

    private static void register(
            EventProcessingConfigurer processing, String name, Source source, Beginning beginning) {
        processing
                .registerPooledStreamingEventProcessor(
                        name,
                        source::of,
                        (configuration, builder) -> builder.initialToken(beginning::token)
                                .initialSegmentCount(1)
                                .batchSize(BATCH))
                .registerListenerInvocationErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
                .registerErrorHandler(name, configuration -> PropagatingErrorHandler.instance());
    }

    private interface Source {
        StreamableMessageSource<TrackedEventMessage<?>> of(Configuration configuration);
    }

    private interface Beginning {
        TrackingToken token(StreamableMessageSource<TrackedEventMessage<?>> source);
    }

    /// @return -1 for an empty store
    private static long head(StreamableMessageSource<?> source) {
        TrackingToken head = source.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }
}
