package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.delivery.frames.FrameWriter;
import dev.parley.delivery.frames.ServerFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/// One socket of a client, from its opening to its end. Thread-safe.
final class Connection {

    private final Socket socket;
    private final GatewayNode node;
    private final Sockets sockets;
    private final Outbox outbox;
    private final Pump pump;
    private final FrameAssembler assembler;
    private final long opened;
    private volatile long heard = System.nanoTime();
    private volatile long pinged = heard;
    private volatile @Nullable Attachment attachment;
    private volatile boolean closed;

    /// @param opened when, by `System.nanoTime`
    Connection(Socket socket, long opened, GatewayNode node, Sockets sockets, DeliveryProperties.Socket limits) {
        this.socket = socket;
        this.opened = opened;
        this.node = node;
        this.sockets = sockets;
        this.outbox = new Outbox(limits.limits().answers());
        this.pump = new Pump(socket, outbox, node, () -> close(CloseStatus.SESSION_NOT_RELIABLE));
        this.assembler = new FrameAssembler(limits.maxFrame().toBytes());
    }

    /// When it was, by `System.nanoTime`.
    long opened() {
        return opened;
    }

    /// For the receiving thread.
    FrameAssembler assembler() {
        return assembler;
    }

    /// @return null before `hello` was good
    @Nullable
    Attachment attachment() {
        return attachment;
    }

    /// @return false if it was closed meanwhile
    synchronized boolean attach(Attachment given, Login login) {
        if (closed) {
            return false;
        }
        attachment = given;
        sockets.logins().enter(this, login);
        return true;
    }

    /// Lives by another login from now on, unless it is closed.
    synchronized void move(Login login) {
        if (!closed) {
            sockets.logins().enter(this, login);
        }
    }

    /// Whether it takes nothing any more.
    boolean isClosed() {
        return closed;
    }

    /// Starts the events of the attachment.
    void start(Feed feed) {
        Attachment given = attachment;
        if (given != null) {
            pump.start(feed, given.unacknowledged());
        }
    }

    /// Writes the frame in its turn. A device that does not read its answers is closed.
    void answer(ServerFrame frame) {
        if (outbox.answer(FrameWriter.JSON.write(frame))) {
            pump.wake();
        } else {
            close(CloseCode.ANSWERS_UNREAD);
        }
    }

    /// The device acknowledged, so there may be more to send.
    void wake() {
        pump.wake();
    }

    /// The client gave a sign of life.
    void heard() {
        heard = System.nanoTime();
    }

    /// Looks at the clock: asks the client for a sign of life, or gives it up.
    void tick(DeliveryProperties.Socket limits) {
        long now = System.nanoTime();
        if (attachment == null && now - opened > limits.hello().toNanos()) {
            close(CloseCode.HELLO_TIMEOUT);
        } else if (now - heard > limits.silence().toNanos()) {
            close(CloseCode.SILENT);
        } else if (now - pinged > limits.ping().toNanos()) {
            pinged = now;
            outbox.ping();
            pump.wake();
        }
    }

    /// Whether everything asked was answered.
    boolean isIdle() {
        Attachment given = attachment;
        return outbox.isEmpty() && (given == null || given.requests().isIdle());
    }

    void close(CloseCode code) {
        sockets.count(code);
        close(code.status());
    }

    void close(CloseCode code, String detail) {
        sockets.count(code);
        close(code.status(detail));
    }

    /// The socket is gone, or goes. Only the first call does something; the closing itself may take a while and has a
    /// task of its own.
    void close(CloseStatus status) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Attachment given = attachment;
        if (given != null) {
            given.requests().close();
        }
        pump.close();
        sockets.remove(this);
        node.executor().execute(() -> socket.close(status));
    }
}
