package dev.parley.query.archive;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.QuerySideProperties.Archive;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Runs a few exports at a time. Each writes on the thread of its request and blocks while the reader
/// does not read. They end when the server stops, before it waits for the requests that are being
/// answered.
@Component
class Exports implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final Duration FREE_AGAIN = Duration.ofSeconds(30);
    /// Before Spring Boot's graceful shutdown of the web server, which is `Integer.MAX_VALUE - 1024`.
    private static final int PHASE = Integer.MAX_VALUE - 512;

    private final ArchiveSearch search;
    private final Labels labels;
    private final Archive limits;
    private final Semaphore free;
    private final Counter written;
    private volatile boolean running;

    Exports(ArchiveSearch search, Labels labels, QuerySideProperties properties, MeterRegistry meters) {
        this.search = search;
        this.labels = labels;
        this.limits = properties.archive();
        this.free = new Semaphore(limits.exports());
        this.written = Counter.builder("parley.query-side.archive.exported")
                .description("Messages written to analysts' exports")
                .register(meters);
        Gauge.builder("parley.query-side.archive.exports", () -> limits.exports() - free.availablePermits())
                .description("Exports that analysts are reading")
                .register(meters);
    }

    /// Returns when all was written or it was cut off.
    ///
    /// @param look taken when there is room for the export
    /// @param after the position to start after, -1 for the first message
    /// @throws RejectedException `rate-limited` if too many exports are being read
    /// @throws IOException if the reader is gone
    Export.End write(Supplier<Look> look, ExportFormat format, long after, Export.Sink sink) throws IOException {
        if (!free.tryAcquire()) {
            throw new RejectedException(
                    Rejection.rateLimited("At most " + limits.exports() + " exports are read at once", FREE_AGAIN));
        }
        try {
            Look taken = look.get();
            Export.Bounds bounds =
                    new Export.Bounds(after, search.newest(), limits.exportTime(), limits.outage(), () -> running);
            Export.End end = new Export(search, labels, taken, format, bounds).run(sink);
            written.increment(end.messages());
            LOG.atInfo()
                    .addKeyValue("account", taken.analyst())
                    .addKeyValue("messages", end.messages())
                    .addKeyValue("position", end.position())
                    .addKeyValue("end", end.end())
                    .log("An export of the archive ended");
            return end;
        } finally {
            free.release();
        }
    }

    @Override
    public void start() {
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

    @Override
    public int getPhase() {
        return PHASE;
    }
}
