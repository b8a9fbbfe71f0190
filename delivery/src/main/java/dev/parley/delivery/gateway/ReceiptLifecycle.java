package dev.parley.delivery.gateway;

import dev.parley.delivery.receipt.ReceiptMarks;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/// Sends receipts in their time. It starts before the gateway and stops behind it, when nobody acknowledges any more
/// and the command bus still runs.
final class ReceiptLifecycle implements SmartLifecycle {

    private final ReceiptMarks receipts;
    private final GatewayTimer timer;
    private final Duration drain;
    private volatile boolean running;

    ReceiptLifecycle(ReceiptMarks receipts, GatewayTimer timer, Duration drain) {
        this.receipts = receipts;
        this.timer = timer;
        this.drain = drain;
    }

    @Override
    public void start() {
        running = true;
        timer.every(receipts.period(), receipts::flush);
    }

    @Override
    public void stop() {
        running = false;
        try {
            receipts.drain(drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// The gateway is the last to start and the first to stop.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
