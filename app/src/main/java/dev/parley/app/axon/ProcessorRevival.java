package dev.parley.app.axon;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Lets a processor that failed go on within some seconds of what it needs being back.
///
/// Axon 4.13 doubles the pause after each failure up to a minute (`Coordinator`, `errorWaitBackOff` and
/// `releasesDeadlines`; neither can be set), so after an outage of some minutes its projections would stand still for
/// another. This looks every [#PAUSE] or so for processors that work on nothing although a segment of theirs is free,
/// and has them claim it. While PostgreSQL is down it does nothing.
@Component
class ProcessorRevival implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorRevival.class);
    private static final Duration PAUSE = Duration.ofSeconds(4);

    private final EventProcessingConfiguration processing;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("processor-revival").factory());
    private volatile boolean running;

    ProcessorRevival(EventProcessingConfiguration processing, TokenStore tokens, TransactionManager transactions) {
        this.processing = processing;
        this.tokens = tokens;
        this.transactions = transactions;
    }

    @Override
    public void start() {
        running = true;
        lookLater();
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void lookLater() {
        long spread = ThreadLocalRandom.current().nextLong(PAUSE.toMillis() / 2);
        var _ = timer.schedule(this::look, PAUSE.toMillis() * 3 / 4 + spread, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            processing.eventProcessors().values().stream()
                    .filter(StreamingEventProcessor.class::isInstance)
                    .map(StreamingEventProcessor.class::cast)
                    .filter(processor -> processor.isRunning()
                            && processor.processingStatus().isEmpty())
                    .forEach(this::revive);
        } catch (RuntimeException databaseDown) {
            LOG.atDebug().addKeyValue("cause", databaseDown.toString()).log("Segments cannot be looked for");
        } finally {
            if (running) {
                lookLater();
            }
        }
    }

    private void revive(StreamingEventProcessor processor) {
        for (Segment segment :
                transactions.fetchInTransaction(() -> tokens.fetchAvailableSegments(processor.getName()))) {
            LOG.atDebug().addKeyValue("processor", processor.getName()).log("A processor claims what it works on");
            var _ = processor.claimSegment(segment.getSegmentId());
        }
    }
}
