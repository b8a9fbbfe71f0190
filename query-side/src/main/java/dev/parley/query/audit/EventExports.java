package dev.parley.query.audit;

import dev.parley.messages.RejectedException;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.stored.StoredFacts;
import dev.parley.query.stored.StoredForm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Exports the facts as lines, a few exports at a time. Each writes on the thread of its request and blocks while the
/// reader does not read: what is read from the event store meanwhile is bounded ([StoredFacts]). Exports end when the
/// server stops, before it waits for the requests that are being answered.
@Component
class EventExports implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventExports.class);
    /// Before Spring Boot's graceful shutdown of the web server, which is `Integer.MAX_VALUE - 1024`.
    private static final int PHASE = Integer.MAX_VALUE - 512;

    private final StoredFacts facts;
    private final EventLines lines;
    private final StoredForm form;
    private final QuerySideProperties properties;
    private final Slots slots;
    private final Counter written;
    private volatile boolean running;

    EventExports(
            StoredFacts facts,
            EventLines lines,
            @Qualifier("eventSerializer") Serializer serializer,
            QuerySideProperties properties,
            MeterRegistry meters) {
        this.facts = facts;
        this.lines = lines;
        this.form = new StoredForm(serializer);
        this.properties = properties;
        this.slots = new Slots(properties.auditStreams());
        this.written = Counter.builder("parley.query-side.audit.lines")
                .description("Facts written to auditors' exports")
                .register(meters);
        Gauge.builder("parley.query-side.audit.streams", slots::taken)
                .description("Exports that auditors are reading")
                .register(meters);
    }

    /// Where to write to, made when it is certain that there will be lines: until then a request can be refused.
    interface Sink {
        OutputStream open() throws IOException;
    }

    /// Returns when all was written, or the reader is gone.
    ///
    /// @param after the position to start after, -1 for the first fact
    /// @param follow whether to go on with facts to come
    /// @throws RejectedException `rate-limited` if too many exports are being read
    void write(Selection selection, long after, boolean follow, Sink sink) {
        slots.hold(() -> {
            long head = facts.head();
            long start = selection.start(after, facts);
            long end = follow ? Long.MAX_VALUE : Math.min(head, selection.end(facts));
            try (StoredFacts.Log log = facts.open(start)) {
                export(new EventExport(log, lines, written), selection, start, end, sink);
            }
            return end;
        });
    }

    private void export(EventExport export, Selection selection, long start, long end, Sink sink) {
        try (OutputStream out = sink.open()) {
            EventExport.End how = export.run(
                    new EventExport.Range(start, end, end == Long.MAX_VALUE ? properties.auditFollow() : null),
                    fact -> selection.letsThrough(fact, form),
                    () -> running,
                    properties.auditWait(),
                    out);
            LOG.atInfo()
                    .addKeyValue("after", start)
                    .addKeyValue("position", how.position())
                    .addKeyValue("end", how.end())
                    .log("An auditor's export ended");
        } catch (IOException gone) {
            LOG.atInfo()
                    .addKeyValue("after", start)
                    .addKeyValue("cause", gone.toString())
                    .log("An auditor's export was left by its reader");
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
