package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.delivery.frames.ServerFrame.GoAway;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Starts the gateway after everything else and stops it before everything else: while it says goodbye, the web server
/// and the command bus still run.
final class GatewayLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GatewayLifecycle.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final GatewayTimer timer;
    private final Sockets sockets;
    private final CursorKeeper cursors;
    private final SessionChecks checks;
    private final DeliveryProperties limits;
    private volatile boolean running;

    GatewayLifecycle(
            GatewayTimer timer,
            Sockets sockets,
            CursorKeeper cursors,
            SessionChecks checks,
            DeliveryProperties limits) {
        this.timer = timer;
        this.sockets = sockets;
        this.cursors = cursors;
        this.checks = checks;
        this.limits = limits;
    }

    @Override
    public void start() {
        running = true;
        timer.every(TICK, () -> sockets.all().forEach(connection -> connection.tick(limits.socket())));
        timer.every(FLUSH, cursors::flush);
        timer.every(TICK, checks::look);
    }

    /// Tells every client when to come back, lets what is asked be answered, closes, and writes the cursors; bounded by
    /// the drain time.
    @Override
    public void stop() {
        running = false;
        int held = sockets.all().size();
        DeliveryProperties.Shutdown times = limits.shutdown();
        Duration spread = times.spread(held);
        sockets.close(times.reconnectAfter().plus(spread));
        GoAway goAway = new GoAway(times.reconnectAfter().toMillis(), spread.toMillis());
        sockets.all().forEach(connection -> connection.answer(goAway));
        long deadline = System.nanoTime() + times.drain().toNanos();
        try {
            await(deadline, () -> sockets.all().stream().allMatch(Connection::isIdle));
            sockets.all().forEach(connection -> connection.close(CloseCode.GOING_AWAY));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.close();
        cursors.flush();
        log.atInfo().addKeyValue("sockets", held).log("The gateway is closed");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static void await(long deadline, BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
    }
}
