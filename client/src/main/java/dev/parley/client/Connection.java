package dev.parley.client;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The device's side of the protocol: one [Wire] after another, what was handled, and what is not answered.
/// Thread-safe.
/// The listener is called on the wire's thread and without the monitor.
final class Connection implements Wire.Owner {

    /// From here on a close code means: do not come back.
    private static final int FINAL = 4500;

    private static final int LAST_CODE = 4999;
    private static final Duration SILENCE = Duration.ofSeconds(40);
    private static final long TICK_MILLIS = 1_000;

    private final ClientTransport transport;
    private final ClientOptions options;
    private final ParleyListener listener;
    private final Progress progress;
    private final Requests requests = new Requests();
    private final Pauses pauses = new Pauses();
    private final ScheduledFuture<?> ticker;
    /// Guarded by this object, as are requests and pauses.
    private @Nullable Wire wire;
    private @Nullable UUID account;
    private boolean welcome;
    private boolean stopped;
    private volatile long heard = System.nanoTime();

    Connection(ClientTransport transport, ClientOptions options, ParleyListener listener) {
        this.transport = transport;
        this.options = options;
        this.listener = listener;
        this.progress = new Progress(options.position(), options.window());
        this.ticker =
                transport.timer().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized CompletableFuture<Accepted> request(UUID id, String frame) {
        CompletableFuture<Accepted> answer = requests.add(id, frame);
        sendDue();
        return answer;
    }

    @Nullable
    Long position() {
        return progress.handled();
    }

    long repeats() {
        return progress.repeats();
    }

    synchronized int unanswered() {
        return requests.size();
    }

    void close() {
        acknowledge();
        stop("The client is closed");
    }

    @Override
    public void opened(Wire from) {
        from.send(Frames.hello(options, progress.handled()));
    }

    @Override
    public void alive(Wire from) {
        heard = System.nanoTime();
    }

    @Override
    public void heard(Wire from, String text) {
        alive(from);
        if (!isCurrent(from)) {
            return;
        }
        JsonNode frame = Frames.read(text);
        switch (frame.path("type").asString("")) {
            case "welcome" -> welcomed(frame);
            case "event" -> event(Frames.event(frame));
            case "caught_up" -> caughtUp(frame.path("position").longValue());
            case "accepted" -> accepted(Frames.accepted(frame));
            case "problem" -> problem(frame);
            case "pong" -> progress.reached(frame.path("position").longValue());
            case "signal" -> signal(Frames.signal(frame));
            case "goaway" -> goAway(frame);
            default -> {
                // A newer server says more.
            }
        }
    }

    @Override
    public void ended(Wire from, int code, String reason) {
        boolean over = code >= FINAL && code <= LAST_CODE;
        Duration pause;
        synchronized (this) {
            if (wire != from) {
                return;
            }
            wire = null;
            welcome = false;
            requests.reset();
            pause = pauses.next();
        }
        if (over) {
            stop("The server closed with " + code + " " + reason);
            listener.stopped(code, reason);
            return;
        }
        listener.disconnected(code, reason, pause);
        try {
            var _ = transport
                    .timer()
                    .schedule(() -> transport.executor().execute(this::open), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException transportClosed) {
            stop("The transport is closed");
        }
    }

    private boolean isCurrent(Wire from) {
        synchronized (this) {
            return wire == from;
        }
    }

    private void welcomed(JsonNode frame) {
        UUID own = Frames.uuid(frame, "account");
        progress.reached(frame.path("position").longValue());
        synchronized (this) {
            account = own;
            if (!welcome) {
                welcome = true;
                progress.resumed();
            }
        }
        listener.connected(own, Frames.uuid(frame, "session"));
        sendDue();
    }

    private void event(ParleyEvent event) {
        UUID own = account;
        if (own == null || !progress.isNew(event)) {
            return;
        }
        long expected = progress.expected(event);
        Long seq = event.seq();
        if (expected >= 0 && seq != null) {
            listener.gap(event.conversation(), expected, seq);
        }
        listener.event(event);
        if (progress.handled(event, own)) {
            acknowledge();
        }
    }

    private void caughtUp(long position) {
        progress.reached(position);
        synchronized (this) {
            pauses.succeeded();
        }
        listener.caughtUp(position);
    }

    private void accepted(Accepted accepted) {
        Requests.Pending pending;
        synchronized (this) {
            pending = requests.answered(accepted.id());
        }
        sendDue();
        if (pending != null) {
            pending.answer.complete(accepted);
        }
    }

    private void problem(JsonNode frame) {
        UUID id = Frames.id(frame);
        if (id == null) {
            return;
        }
        if (frame.has("retryAfterMs")) {
            putOff(id, frame.path("retryAfterMs").longValue());
            return;
        }
        Requests.Pending pending;
        synchronized (this) {
            pending = requests.answered(id);
        }
        sendDue();
        if (pending != null) {
            JsonNode field = frame.get("field");
            pending.answer.completeExceptionally(new ProblemException(
                    frame.path("code").asString(""),
                    frame.path("detail").asString(""),
                    field == null ? null : field.asString()));
        }
    }

    private void putOff(UUID id, long millis) {
        synchronized (this) {
            if (!requests.pause(id)) {
                return;
            }
        }
        var _ = transport
                .timer()
                .schedule(
                        () -> {
                            synchronized (this) {
                                requests.resume(id);
                            }
                            sendDue();
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void signal(@Nullable ParleySignal signal) {
        if (signal != null) {
            listener.signal(signal);
        }
    }

    private void goAway(JsonNode frame) {
        synchronized (this) {
            pauses.advise(
                    frame.path("reconnectAfterMs").longValue(),
                    frame.path("spreadMs").longValue());
        }
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

    synchronized void open() {
        if (!stopped) {
            heard = System.nanoTime();
            wire = Wire.connect(transport, options.gateway(), this);
        }
    }

    private void tick() {
        Wire silent;
        synchronized (this) {
            silent = wire != null && System.nanoTime() - heard > SILENCE.toNanos() ? wire : null;
        }
        if (silent != null) {
            silent.cut("nothing was heard for too long");
        } else {
            acknowledge();
        }
    }

    private synchronized void acknowledge() {
        if (welcome && wire != null) {
            long position = progress.acknowledge();
            if (position >= 0) {
                wire.send(Frames.ack(position));
            }
        }
    }

    private void stop(String reason) {
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
