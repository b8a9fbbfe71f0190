package dev.parley.query.operations;

import dev.parley.messages.AccountId;
import dev.parley.query.QuerySideSchema;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which processors operators paused, in `query_side.pause`: every node that runs one looks each second and stops or
/// starts it. So it holds for the whole cluster and across restarts.
///
/// It starts only what it stopped itself: a processor that was paused through Axon Server stays so.
@Component
class Pauses implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final EventProcessingConfiguration processing;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService timer;

    Pauses(JdbcClient jdbc, EventProcessingConfiguration processing, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.processing = processing;
    }

    void pause(String processor, AccountId by) {
        jdbc.sql("insert into query_side.pause (processor, account, at) values (?, ?, now()) on conflict do nothing")
                .params(processor, by.value())
                .update();
        LOG.atInfo()
                .addKeyValue("processor", processor)
                .addKeyValue("account", by)
                .log("A processor is paused");
    }

    void resume(String processor, AccountId by) {
        jdbc.sql("delete from query_side.pause where processor = ?")
                .param(processor)
                .update();
        LOG.atInfo()
                .addKeyValue("processor", processor)
                .addKeyValue("account", by)
                .log("A processor goes on");
    }

    Set<String> paused() {
        return new HashSet<>(jdbc.sql("select processor from query_side.pause")
                .query(String.class)
                .list());
    }

    @Override
    public synchronized void start() {
        look();
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("pauses").factory());
        timer = started;
        var _ = started.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    private void look() {
        try {
            Set<String> paused = paused();
            for (Map.Entry<String, StreamingEventProcessor> local :
                    local(processing).entrySet()) {
                StreamingEventProcessor processor = local.getValue();
                if (paused.contains(local.getKey()) && processor.isRunning()) {
                    processor.shutDown();
                    stopped.add(local.getKey());
                } else if (!paused.contains(local.getKey()) && stopped.remove(local.getKey())) {
                    processor.start();
                }
            }
        } catch (RuntimeException databaseDown) {
            LOG.atDebug().addKeyValue("cause", databaseDown.toString()).log("Pauses cannot be looked for");
        }
    }

    /// The streaming processors of this node, by name.
    static Map<String, StreamingEventProcessor> local(EventProcessingConfiguration processing) {
        Map<String, StreamingEventProcessor> local = new TreeMap<>();
        processing.eventProcessors().forEach((name, processor) -> {
            if (processor instanceof StreamingEventProcessor streaming) {
                local.put(name, streaming);
            }
        });
        return local;
    }
}
