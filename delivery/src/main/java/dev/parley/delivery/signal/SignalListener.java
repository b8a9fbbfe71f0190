package dev.parley.delivery.signal;

import dev.parley.tail.Backoff;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one connection of this node that listens, and the thread that waits on it. It comes back by itself, with a pause
/// that grows, for as long as PostgreSQL is away.
public final class SignalListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SignalListener.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final SignalConnections connections;
    private final NodeId self;
    private final Pulse pulse;
    private final SignalHandler handler;
    private final SignalCodec codec = new SignalCodec();
    private final Counter heard;
    private final Counter unreadable;
    private volatile boolean listening;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    SignalListener(
            SignalConnections connections, NodeId self, Pulse pulse, SignalHandler handler, MeterRegistry meters) {
        this.connections = connections;
        this.self = self;
        this.pulse = pulse;
        this.handler = handler;
        this.heard = meters.counter("parley.delivery.signals.heard");
        this.unreadable = meters.counter("parley.delivery.signals.unreadable");
        meters.gauge("parley.delivery.signals.listening", this, it -> it.listening ? 1 : 0);
    }

    public void start() {
        thread = Thread.ofVirtual().name("delivery-listen").start(this::run);
    }

    /// The socket of an interrupted virtual thread is closed (JEP 444).
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        int failures = 0;
        while (!closed) {
            try (Connection connection = connections.open()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                failures = listening ? 1 : failures + 1;
                if (failures == 1 && !closed) {
                    log.atWarn().addKeyValue("error", e.toString()).log("Signals cannot be heard now");
                }
            } finally {
                listening = false;
            }
            if (!closed) {
                pause(BACKOFF.after(failures));
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + SignalNotifier.CHANNEL);
        }
        pulse.beat(connection);
        listening = true;
        handler.missed();
        log.atInfo().addKeyValue("node", self).log("Listening for signals");
        PGConnection postgres = connection.unwrap(PGConnection.class);
        long period = pulse.period().toNanos();
        long beat = System.nanoTime() + period;
        while (!closed) {
            long left = (beat - System.nanoTime()) / 1_000_000;
            if (left > 0) {
                hear(postgres.getNotifications((int) left));
            } else {
                beat = System.nanoTime() + period;
                if (!pulse.beat(connection)) {
                    handler.missed();
                }
            }
        }
    }

    private void hear(PGNotification @Nullable [] notifications) {
        for (PGNotification notification : notifications == null ? new PGNotification[0] : notifications) {
            SignalCodec.@Nullable Heard payload = codec.decode(notification.getParameter());
            if (payload == null) {
                unreadable.increment();
            } else if (!self.toString().equals(payload.from())) {
                hear(payload.signals());
            }
        }
    }

    private void hear(List<Signal> signals) {
        heard.increment(signals.size());
        signals.forEach(handler::heard);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
