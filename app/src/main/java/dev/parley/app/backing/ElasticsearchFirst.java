package dev.parley.app.backing;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Holds the start of everything that works back until the embedded Elasticsearch is up, while beans are made beside
/// it.
///
/// A projection that began earlier would fail on its first batch, and Axon lets it wait longer after each failure:
/// after
/// a crash with facts left to project, history would stay behind for half a minute.
@Component
final class ElasticsearchFirst implements SmartLifecycle {

    private final BackingServers backing;
    private volatile boolean running;

    ElasticsearchFirst(BackingServers backing) {
        this.backing = backing;
    }

    @Override
    public void start() {
        backing.awaitElasticsearch();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before Axon's processors and the web server.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
