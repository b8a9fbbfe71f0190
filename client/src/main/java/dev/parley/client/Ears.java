package dev.parley.client;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes what a [Wire] says to the listener, on the wire's thread and one call at a time. When a wire is given up while
/// the listener still is at its last event, that comes to its end before there is another wire, so that the next
/// `hello`
/// counts it. Thread-safe.
final class Ears implements Wire.Owner {

    /// From here on a close code means: do not come back.
    private static final int FINAL = 4500;

    private static final int LAST_CODE = 4999;

    private final Connection connection;
    private final Progress progress;
    private final ParleyListener listener;
    private final ReentrantLock turn = new ReentrantLock(true);
    /// Guarded by the turn.
    private @Nullable UUID account;

    Ears(Connection connection, Progress progress, ParleyListener listener) {
        this.connection = connection;
        this.progress = progress;
        this.listener = listener;
    }

    @Override
    public void opened(Wire from) {
        from.send(connection.hello());
    }

    @Override
    public void alive(Wire from) {
        connection.quiet().alive();
    }

    @Override
    public void heard(Wire from, String text) {
        connection.quiet().spoken();
        turn.lock();
        try {
            if (connection.isCurrent(from)) {
                understand(Frames.read(text));
            }
        } finally {
            turn.unlock();
        }
    }

    private void understand(JsonNode frame) {
        switch (frame.path("type").asString("")) {
            case "welcome" -> welcomed(frame);
            case "event" -> event(Frames.event(frame));
            case "caught_up" -> caughtUp(frame.path("position").longValue());
            case "accepted" -> accepted(Frames.accepted(frame));
            case "problem" -> problem(frame);
            case "pong" -> progress.reached(frame.path("position").longValue());
            case "signal" -> signal(Frames.signal(frame));
            case "goaway" ->
                connection.goAway(
                        frame.path("reconnectAfterMs").longValue(),
                        frame.path("spreadMs").longValue());
            default -> {
                // A newer server says more.
            }
        }
    }

    @Override
    public void ended(Wire from, int code, String reason) {
        Duration pause = connection.lost(from);
        if (pause == null) {
            return;
        }
        boolean over = code >= FINAL && code <= LAST_CODE;
        if (over) {
            connection.stop("The server closed with " + code + " " + reason);
        }
        turn.lock();
        try {
            if (over) {
                listener.stopped(code, reason);
            } else {
                listener.disconnected(code, reason, pause);
            }
        } finally {
            turn.unlock();
            if (!over) {
                connection.reopen(pause);
            }
        }
    }

    private void welcomed(JsonNode frame) {
        UUID own = Frames.uuid(frame, "account");
        account = own;
        progress.reached(frame.path("position").longValue());
        connection.welcomed();
        listener.connected(own, Frames.uuid(frame, "session"));
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
            connection.acknowledge();
        }
    }

    private void caughtUp(long position) {
        progress.reached(position);
        connection.caughtUp();
        listener.caughtUp(position);
    }

    private void accepted(Accepted accepted) {
        Requests.Pending pending = connection.answered(accepted.id());
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
            connection.putOff(id, frame.path("retryAfterMs").longValue());
            return;
        }
        Requests.Pending pending = connection.answered(id);
        if (pending != null) {
            pending.answer.completeExceptionally(Frames.problem(frame));
        }
    }

    private void signal(@Nullable ParleySignal signal) {
        if (signal != null) {
            listener.signal(signal);
        }
    }
}
