package dev.parley.delivery.gateway;

import dev.parley.delivery.frames.FrameWriter;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.gateway.Step.Plain;
import dev.parley.delivery.log.LogEntry;
import dev.parley.delivery.receipt.Unacknowledged;
import dev.parley.delivery.task.SerialTask;
import dev.parley.tail.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes to one socket what is due: answers and signals from its [Outbox], events from its [Feed]. All writing of a
/// socket happens here, in one task at a time; a socket that blocks, blocks this task only.
final class Pump implements Fanout.LiveSession {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final Socket socket;
    private final Outbox outbox;
    private final GatewayNode node;
    private final Runnable broken;
    private final SerialTask task;
    private volatile @Nullable Feed feed;
    private volatile @Nullable Unacknowledged unacknowledged;
    private volatile boolean closed;
    /// Set while events wait for their next attempt; answers do not wait.
    private volatile boolean resting;
    /// In a row, with the cursor at the same place.
    private int failures;
    private long failedAt = -1;

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
                more = feed != null && !resting && perform(feed().next());
            }
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

    /// There is one attempt ahead, however often it is woken until then, and only progress makes the waits
    /// short again: to find no place to read the store is none.
    private void retry(RuntimeException problem) {
        if (closed) {
            return;
        }
        long cursor = feed == null ? -1 : feed().cursor();
        failures = cursor == failedAt ? failures + 1 : 1;
        failedAt = cursor;
        node.catchUp().troubled(problem, cursor);
        if (!resting) {
            resting = true;
            node.timer().after(BACKOFF.after(failures), () -> {
                resting = false;
                wake();
            });
        }
    }
}
