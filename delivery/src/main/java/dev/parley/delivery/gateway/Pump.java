package dev.parley.delivery.gateway;

import dev.parley.delivery.frames.FrameWriter;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.gateway.Step.Plain;
import dev.parley.delivery.log.LogEntry;
import dev.parley.delivery.receipt.Unacknowledged;
import dev.parley.tail.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to one socket what is due: answers and signals from its [Outbox], events from its [Feed]. All writing of a
/// socket happens here, in one task at a time; a socket that blocks, blocks this task only.
final class Pump implements Fanout.LiveSession {

    private static final Logger log = LoggerFactory.getLogger(Pump.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final Socket socket;
    private final Outbox outbox;
    private final GatewayNode node;
    private final Runnable broken;
    private final SerialTask task;
    private volatile @Nullable Feed feed;
    private volatile @Nullable Unacknowledged unacknowledged;
    private volatile boolean closed;
    private int failures;

    /// @param broken called when the socket cannot be written to any more
    Pump(Socket socket, Outbox outbox, GatewayNode node, Runnable broken) {
        this.socket = socket;
        this.outbox = outbox;
        this.node = node;
        this.broken = broken;
        this.task = new SerialTask(node.executor(), this::work);
    }

    /// Starts events; from now on they follow what is in the outbox.
    void start(Feed started, Unacknowledged owed) {
        unacknowledged = owed;
        feed = started;
        wake();
    }

    @Override
    public void wake() {
        task.wake();
    }

    @Override
    public Feed feed() {
        return Objects.requireNonNull(feed, "not started");
    }

    @Override
    public void signal(String frame) {
        outbox.signal(frame);
        wake();
    }

    boolean isClosed() {
        return closed;
    }

    /// Nothing more is written.
    void close() {
        closed = true;
        if (feed != null) {
            node.fanout().retire(this);
        }
        node.catchUp().forget(this);
        wake();
    }

    boolean pause(Duration most) {
        return task.pause(most);
    }

    void write(LogEntry entry) throws IOException {
        Objects.requireNonNull(unacknowledged, "not started").written(entry);
        socket.send(entry.frame());
        node.sent().increment();
    }

    void writeAnswers() throws IOException {
        String frame = outbox.poll();
        while (frame != null && !closed) {
            socket.send(frame);
            frame = outbox.poll();
        }
        if (outbox.takePing()) {
            socket.ping();
        }
    }

    private void work() {
        try {
            boolean more = true;
            while (more && !closed) {
                writeAnswers();
                more = feed != null && perform(feed().next());
            }
            failures = 0;
        } catch (IOException e) {
            broken.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broken.run();
        } catch (RuntimeException e) {
            retry(e);
        }
    }

    /// @return whether to ask for the next step
    private boolean perform(Step step) throws IOException, InterruptedException {
        return switch (step) {
            case Step.Send send -> {
                write(send.entry());
                yield true;
            }
            case Step.CaughtUp caughtUp -> {
                socket.send(FrameWriter.JSON.write(new ServerFrame.CaughtUp(caughtUp.position())));
                yield true;
            }
            case Plain.WAIT -> false;
            case Plain.AGAIN -> true;
            case Plain.AT_HEAD -> perform(node.fanout().goLive(this));
            case Plain.CATCH_UP -> node.catchUp().run(this);
            case Plain.FALLEN_BEHIND -> {
                node.fanout().stopLive(this);
                yield true;
            }
        };
    }

    private void retry(RuntimeException problem) {
        if (closed) {
            return;
        }
        failures++;
        if (failures == 1) {
            log.atWarn().setCause(problem).log("A session cannot go on; trying again until it can");
        }
        node.timer().after(BACKOFF.after(failures), this::wake);
    }
}
