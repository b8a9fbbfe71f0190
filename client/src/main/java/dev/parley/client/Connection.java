package dev.parley.client;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One [Wire] after another, with a pause between them, and the requests that outlive them. What comes is left to
/// [Ears]. Thread-safe; nobody else's code is called with the monitor held.
final class Connection {

    private static final long TICK_MILLIS = 1_000;

    private final ClientTransport transport;
    private final ClientOptions options;
    private final Progress progress;
    private final Ears ears;
    private final Quiet quiet = new Quiet(System::nanoTime);
    private final ScheduledFuture<?> ticker;
    /// Guarded by this object, as is what follows.
    private final Requests requests = new Requests();

    private final Pauses pauses = new Pauses();
    private @Nullable Wire wire;
    private boolean welcome;
    private boolean stopped;
    private long putOff;

    Connection(ClientTransport transport, ClientOptions options, ParleyListener listener) {
        this.transport = transport;
        this.options = options;
        this.progress = new Progress(options.position(), options.window());
        this.ears = new Ears(this, progress, listener);
        this.ticker =
                transport.timer().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    Progress progress() {
        return progress;
    }

    Quiet quiet() {
        return quiet;
    }

    synchronized void open() {
        if (!stopped) {
            quiet.alive();
            wire = Wire.connect(transport, options.gateway(), ears);
        }
    }

    String hello() {
        return Frames.hello(options, progress.handled());
    }

    /// The server let this device in, or took another token.
    void welcomed() {
        synchronized (this) {
            if (!welcome) {
                welcome = true;
                progress.resumed();
            }
        }
        sendDue();
    }

    synchronized boolean isCurrent(Wire which) {
        return wire == which;
    }

    synchronized void caughtUp() {
        pauses.succeeded();
    }

    synchronized void goAway(long afterMillis, long spreadMillis) {
        pauses.advise(afterMillis, spreadMillis);
    }

    /// The wire is no more.
    ///
    /// @return the pause before the next; null if it was not the newest one
    synchronized @Nullable Duration lost(Wire which) {
        if (wire != which) {
            return null;
        }
        wire = null;
        welcome = false;
        requests.reset();
        return pauses.next();
    }

    /// Connects again after a pause.
    void reopen(Duration pause) {
        try {
            var _ = transport
                    .timer()
                    .schedule(() -> transport.executor().execute(this::open), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException transportClosed) {
            stop("The transport is closed");
        }
    }

    CompletableFuture<Accepted> request(UUID id, UUID conversation, String frame) {
        synchronized (this) {
            CompletableFuture<Accepted> answer = requests.add(id, conversation, frame);
            sendDue();
            return answer;
        }
    }

    /// @return the request that is answered by this; null for none of these
    Requests.@Nullable Pending answered(UUID id) {
        synchronized (this) {
            Requests.Pending pending = requests.answered(id);
            sendDue();
            return pending;
        }
    }

    /// Sends the request again, but not now: later each time, so that those who are too many at once become
    /// fewer.
    ///
    /// @param least milliseconds, as the server asked
    void putOff(UUID id, long least) {
        int before;
        synchronized (this) {
            putOff++;
            before = requests.pause(id);
            sendDue();
        }
        if (before < 0) {
            return;
        }
        try {
            long millis = Math.max(least, Pauses.after(before));
            var _ = transport.timer().schedule(() -> resume(id), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException transportClosed) {
            stop("The transport is closed");
        }
    }

    private synchronized void resume(UUID id) {
        requests.resume(id);
        sendDue();
    }

    private synchronized void sendDue() {
        if (welcome && wire != null) {
            requests.due().forEach(wire::send);
        }
    }

    /// Lost if there is no connection now.
    synchronized void say(String frame) {
        if (welcome && wire != null) {
            wire.send(frame);
        }
    }

    synchronized long putOff() {
        return putOff;
    }

    synchronized int unanswered() {
        return requests.size();
    }

    private void tick() {
        Wire now;
        synchronized (this) {
            now = wire;
        }
        if (now != null && quiet.isTooLong()) {
            transport.executor().execute(() -> now.cut("nothing was heard for too long"));
            return;
        }
        acknowledge();
        if (quiet.isTimeToAsk()) {
            say(Frames.ping());
        }
    }

    synchronized void acknowledge() {
        if (welcome && wire != null) {
            long position = progress.acknowledge();
            if (position >= 0) {
                wire.send(Frames.ack(position));
            }
        }
    }

    void stop(String reason) {
        List<Requests.Pending> left;
        Wire last;
        synchronized (this) {
            stopped = true;
            last = wire;
            wire = null;
            welcome = false;
            left = requests.stop(reason);
        }
        ticker.cancel(false);
        if (last != null) {
            last.close();
        }
        left.forEach(pending -> pending.answer.completeExceptionally(new ClientStoppedException(reason)));
    }
}
